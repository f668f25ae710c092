/** A drawing that stands alone, as a file: as it is, or as dots. */

/** @param {SVGElement} drawing @returns {Blob} */
export function vector(drawing) {
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(drawing)}\n`;
  return new Blob([text], { type: "image/svg+xml" });
}

/**
 * @param {Document} document
 * @param {SVGElement} drawing  with width and height
 * @param {number} scale  dots for each unit
 * @returns {Promise<Blob>}  PNG
 */
export async function dots(document, drawing, scale) {
  const address = URL.createObjectURL(vector(drawing));
  try {
    const image = document.createElement("img");
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(Number(drawing.getAttribute("width")) * scale);
    canvas.height = Math.round(Number(drawing.getAttribute("height")) * scale);
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}
