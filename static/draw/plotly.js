/** The chart library: loaded when a chart is first opened, told to stay at home, and to speak Chinese. */

/** @type {Promise<any> | null} */
let loading = null;

const CHINESE = {
  moduleType: "locale",
  name: "zh-CN",
  dictionary: {
    Autoscale: "自动缩放",
    "Box Select": "框选",
    "Click to enter X axis title": "",
    "Compare data on hover": "悬停时比较数据",
    "Double-click on legend to isolate one trace": "双击图例，只看这一条",
    "Double-click to zoom back out": "双击恢复原来的范围",
    "Download plot as a PNG": "保存为 PNG 图片",
    "Download plot as a png": "保存为 PNG 图片",
    "Lasso Select": "套索选择",
    Pan: "平移",
    Reset: "重置",
    "Reset axes": "重置坐标轴",
    "Show closest data on hover": "悬停时显示最近的数据",
    "Toggle Spike Lines": "切换参考线",
    "Taking snapshot - this may take a few seconds": "正在生成图片，请稍候",
    "Snapshot succeeded": "图片已生成",
    Zoom: "缩放",
    "Zoom in": "放大",
    "Zoom out": "缩小",
  },
  format: { decimal: ".", thousands: ",", grouping: [3], currency: ["¥", ""] },
};

/**
 * @param {Document} document
 * @param {string} url
 * @returns {Promise<any>}  the library
 */
export function loadPlotly(document, url) {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.addEventListener("load", () => {
      const { Plotly } = /** @type {any} */ (document.defaultView);
      Plotly.setPlotConfig({ showSendToCloud: false, plotlyServerURL: "", displaylogo: false, topojsonURL: "" });
      Plotly.register(CHINESE);
      resolve(Plotly);
    });
    script.addEventListener("error", () => {
      loading = null;
      script.remove();
      reject(new Error(`cannot load ${url}`));
    });
    document.head.append(script);
  });
  return loading;
}
