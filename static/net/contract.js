/**
 * The wire, as types. Nothing runs here: the server's pydantic models are the
 * other half, and a test compares the two.
 */

/** @typedef {number | "inf" | "-inf" | "nan"} WireNumber  a number as JSON can carry it */
/** @typedef {{en: string, zh: string}} Bilingual */

/** @typedef {number | string | [string, ...any[]]} Tree  an expression: number, name, or [operation, ...arguments] */

/**
 * @typedef {object} LayerDescription
 * @property {string} cell
 * @property {string | null} text
 * @property {number} units
 * @property {"forward" | "backward" | "both"} direction
 * @property {Record<string, number>} sizes
 */
/**
 * @typedef {object} PartDescription
 * @property {string} name
 * @property {number} inputs
 * @property {LayerDescription[]} layers
 * @property {string | null} readout
 * @property {Record<string, number>} [sizes]
 */
/** Layers, and parameters that are others: `tied` leads from an address to that under which the numbers stand. @typedef {{parts: PartDescription[], tied?: Record<string, string>}} NetworkDescription */
/** @typedef {number | number[] | number[][]} Nested  a parameter's numbers: matrix, vector or one number */
/** @typedef {"cell" | "zeros" | "identity" | "orthogonal" | "glorot" | "glorot-normal" | "he" | "pytorch"} StartKind */
/** @typedef {{kind: StartKind, seed: number, scale: number}} Start  how a parameter is started; all of it times `scale` */
/** @typedef {{seed: number, starts: Record<string, Start>, values: Record<string, Nested>}} Parameters  `starts`: those that are not started by the cell's rule with the common seed; `values`: numbers that lie over all */
/** `of` "loss": that of the whole sequence. @typedef {{of: string, step: number, unit: number | null}} Backward */
/** How far a value is from its targets, a row for each step, null where nothing is asked. @typedef {{kind: "squared" | "cross-entropy" | "binary", of: string, targets: (number[] | null)[], classes?: string[] | null}} Loss */
/** @typedef {Record<string, string | number | boolean>} ViewRecord */
/**
 * The inputs, and what they stand for where they are the codes of words.
 * @typedef {object} Sequence
 * @property {number[][]} inputs
 * @property {string[] | null} [vocabulary]  the word of each input; one input more than words stands for any other
 * @property {string[] | null} [words]  what is written at each step
 */
/**
 * Another network beside the first, with its sequence, step and loss; `cell` null: the first one as it was.
 * @typedef {object} LaneRecord
 * @property {string | null} cell
 * @property {NetworkDescription} network
 * @property {Parameters} parameters
 * @property {Record<string, number[]>} initial
 */
/**
 * Everything needed to restore what is seen; the same record in page, wire and file.
 * @typedef {object} Experiment
 * @property {number} version
 * @property {string | null} lesson
 * @property {string | null} preset
 * @property {string | null} variant
 * @property {string | null} cell  the cell of the library that it began as
 * @property {NetworkDescription} network
 * @property {Parameters} parameters
 * @property {Sequence} sequence
 * @property {Record<string, number[]>} initial
 * @property {number} carried  readings of the sequence before this one, each starting with the states that the last one left
 * @property {LaneRecord[]} lanes  what it is compared with
 * @property {Loss | null} [loss]  with it every run has the arrays `loss` (of each step), `loss_sum` (of all up to there) and, of cross-entropy, `loss_probability` (of the target)
 * @property {Backward | null} backward
 * @property {number} step
 * @property {ViewRecord} view
 * @property {string | null} language
 */

/** @typedef {"input" | "state" | "gate" | "output" | "value" | "parameter" | "constant"} Role */
/** @typedef {[number | null, number | null] | null} Range */
/**
 * @typedef {object} ProgramValue
 * @property {string} name
 * @property {string} [size]
 * @property {string | null} [label]
 * @property {Role} [role]
 * @property {boolean} derived
 * @property {string} [of]
 * @property {Range} [range]
 */
/** @typedef {{name: string, shape: string[], used_by: string[], recurrent?: boolean, role?: string}} ProgramParameter */
/** @typedef {{target: string, label: string | null, expr: Tree, line: number}} Equation */
/**
 * @typedef {object} Program
 * @property {number} version
 * @property {string} name
 * @property {string} title
 * @property {string} source
 * @property {string} text
 * @property {{name: string, size: string}[]} inputs
 * @property {string[]} states
 * @property {string} output
 * @property {string[]} sizes
 * @property {Record<string, number>} constants
 * @property {ProgramParameter[]} parameters
 * @property {ProgramValue[]} values
 * @property {Equation[]} equations
 * @property {{target: string, expr: Tree, of?: string}[]} lowered
 * @property {{target: string, symbol: string, terms: {expr: Tree, via: string | null, when: "now" | "next" | "outside"}[]}[]} adjoint
 */
/**
 * @typedef {object} LayerDocument
 * @property {string} address
 * @property {string} part
 * @property {string} layer
 * @property {string} direction
 * @property {string} program
 * @property {Record<string, number>} sizes
 */
/**
 * @typedef {object} SymbolDocument
 * @property {string} symbol
 * @property {"value" | "parameter" | "input"} kind
 * @property {number} [size]
 * @property {number[]} [shape]
 * @property {string} [tied]  the parameter that it is one with, under whose address the numbers stand
 * @property {Role} [role]
 * @property {string | null} [label]
 * @property {Range} [range]
 */
/** @typedef {{id: string, kind: string, name: string | null, op: string | null, role: string | null, label: string | null, rank: number, of: string | null}} DiagramNode */
/** @typedef {{from: string, to: string, name: string, when: "now" | "before"}} DiagramEdge */
/** @typedef {{nodes: DiagramNode[], edges: DiagramEdge[]}} Diagram */
/**
 * @typedef {object} NetworkDocument
 * @property {number} version
 * @property {NetworkDescription} description
 * @property {LayerDocument[]} layers
 * @property {Record<string, Program>} programs
 * @property {Record<string, SymbolDocument>} symbols
 * @property {Record<string, Record<string, string>>} formulas
 * @property {Record<string, Record<string, string>>} symbols_math
 * @property {Record<string, {gate: Diagram, operation: Diagram}>} diagrams
 */

/** What is counted, in a sequence and a variant; null: those on screen. @typedef {{of: "parameters" | "units" | "steps", preset: string | null, variant: string | null}} Count */
/**
 * @typedef {object} Prediction
 * @property {string} id
 * @property {string | null} of  null: something is counted
 * @property {boolean} [gradient]  not the value of it is asked for, but its gradient
 * @property {number | null} step  of a curve: the first that is not given, in the direction of the beat
 * @property {number} unit
 * @property {[number, number] | null} [curve]  where a curve is drawn over all steps: its lowest and highest value
 * @property {Count | null} [count]
 * @property {number[] | null} choices
 * @property {number} tolerance
 * @property {Bilingual} question
 * @property {Bilingual} why
 */
/**
 * @typedef {object} Beat
 * @property {string} id
 * @property {number} step
 * @property {"forward" | "backward"} direction
 * @property {string | null} [preset]  shown only with this sequence; null: with every one
 * @property {string | null} [variant]  shown only with this network
 * @property {Record<string, Nested>} [set]  weights that entering the beat sets
 * @property {ViewRecord} [study]  settings of the study that entering the beat makes
 * @property {string[]} spotlight
 * @property {Bilingual} title
 * @property {Bilingual} text
 * @property {Bilingual | null} try
 * @property {Prediction | null} prediction
 */
/** @typedef {{id: string, title: Bilingual, inputs: number[][], words?: string[] | null, loss?: Loss | null, backward?: Backward | null}} Preset */
/** @typedef {{id: string, title: Bilingual, cell: string, parameters: number, units: number}} Variant */
/**
 * @typedef {object} LessonView
 * @property {string[]} [rows]
 * @property {string[]} [gradients]
 * @property {Record<string, number>} [ranges]
 * @property {string[] | null} [input_names]
 * @property {"cell" | "strip" | null} [wall]  what a projector shows first
 * @property {Bilingual | null} [note]
 */
/**
 * @typedef {object} Lesson
 * @property {string} id
 * @property {number} order
 * @property {Bilingual} title
 * @property {Bilingual} chapter
 * @property {Bilingual} summary
 * @property {Bilingual} introduction
 * @property {Beat[]} beats
 * @property {Preset[]} presets
 * @property {Variant[]} variants
 * @property {LessonView} view
 */
/** What is said of a cell of the library. @typedef {{name: string, family: string, title: Bilingual, source: Bilingual, about: Partial<Bilingual>}} CellCard */
/**
 * @typedef {object} Problem
 * @property {string} code
 * @property {Record<string, string | number>} args
 * @property {string} message
 * @property {string | null} [hint]
 * @property {{file?: string, line?: number, start?: number, end?: number, field?: string} | null} [where]
 */

/**
 * Some rows of a lesson's strip without its numbers.
 * @typedef {object} Miniature
 * @property {number} steps  how many there are; of many some are left out
 * @property {{role: Role, shares: number[][]}[]} rows  from top to bottom; `shares` (units, steps) of the row's colour scale, in [-1, 1]
 */

/* ---- from the page to the server; `id` and `lane` are added by the port */
/** @typedef {{type: "open", lesson?: string, preset?: string | null, variant?: string | null, cell?: string, experiment?: Experiment}} OpenMessage */
/** @typedef {{address: string, index: number[], value: WireNumber}} ParameterChange */
/** @typedef {{type: "change", learned?: number | null, starts?: Record<string, Start>, parameters?: ParameterChange[], inputs?: WireNumber[][], initial?: Record<string, WireNumber[]>, targets?: (WireNumber[] | null)[], carried?: number}} ChangeMessage */
/** @typedef {{type: "initialise", starts: Record<string, Start>}} InitialiseMessage */
/** @typedef {{type: "run"}} RunMessage */
/** @typedef {{type: "seek", step: number}} SeekMessage */
/** @typedef {{type: "differentiate", of: string | null, step?: number, unit?: number | null}} DifferentiateMessage */
/** What is looked at: symbols (null: all) from step `first` on. @typedef {{name: string, symbols: string[] | null, first: number, count: number | null, dtype: "float64" | "float32", gradients: boolean}} Window */
/** @typedef {{type: "subscribe", windows: Window[] | null}} SubscribeMessage */
/** One number of one parameter. @typedef {{address: string, index: number[]}} Place */
/** The values that it takes along one side of a surface. @typedef {{address: string, index: number[], low: number, high: number, count: number}} Sweep */
/** @typedef {{type: "landscape", across: Sweep, down: Sweep, loss: Loss}} LandscapeMessage */
/** @typedef {{type: "descend", across: Place, down: Place, loss: Loss, rate: number, clip?: number | null, updates?: number}} DescendMessage */
/** How a value answers to a number of the parameters. @typedef {{kind: "weight", across: Sweep, of: string, until: number, marks?: number[]}} Weight */
/** How much error reaches each of several layers. @typedef {{kind: "depth", seed?: number, layers: number, gain: number}} Depth */
/** @typedef {"linear" | "tanh" | "relu" | "sigmoid" | "lstm" | "gru" | "identity" | "clockwork" | "context"} Sampled */
/** What cells let through of a change some steps earlier. @typedef {{kind: "product", seed?: number, radius: number, steps: number, drive?: number, cells: Sampled[], gate?: number}} Product */
/** The same of one matrix repeated and of fresh ones. @typedef {{kind: "causes", seed?: number, radius: number, steps: number, drive?: number}} Causes */
/** @typedef {{type: "measure", ask: Weight | Depth | Product | Causes}} MeasureMessage */
/** @typedef {"sgd" | "momentum" | "nesterov" | "rmsprop" | "adam"} Rule */
/** @typedef {{type: "update", rule?: Rule, rate: number, clip?: number | null, updates?: number}} UpdateMessage */
/** Either is given: settings, of which only the task has to be named, or the record of a training that goes on. @typedef {{type: "train", settings?: Record<string, any> | null, record?: string | null, paused?: boolean}} TrainMessage */
/** `most` updates in a second; `steps` updates and then a pause. @typedef {{type: "pace", going: boolean, most?: number | null, steps?: number | null}} PaceMessage */
/** @typedef {{type: "keep"}} KeepMessage */
/** @typedef {{type: "cancel", kind: "run" | "gradient" | "landscape" | "descent" | "measure" | "update" | "training"}} CancelMessage */
/** @typedef {{type: "ping"}} PingMessage */
/** @typedef {OpenMessage | ChangeMessage | InitialiseMessage | RunMessage | SeekMessage | DifferentiateMessage | SubscribeMessage | LandscapeMessage | DescendMessage | MeasureMessage | UpdateMessage | TrainMessage | PaceMessage | KeepMessage | CancelMessage | PingMessage} ClientMessage */

/* ---- from the server to the page */
/** @typedef {{name: string, dtype: "float64" | "float32", shape: number[]}} ArrayHeader */
/** @typedef {{name: string, data: Float64Array | Float32Array, shape: number[]}} NamedArray */
/** @typedef {{type: "opened", id: number, lane: string, experiment: Experiment, network: NetworkDocument, lesson: Lesson | null, cell: CellCard | null, memory: number}} OpenedMessage */
/** @typedef {{type: "frames", id: number, lane: string, window: string | null, first: number, count: number, steps: number, memory: number | null, arrays: NamedArray[]}} FramesMessage */
/** Of the loss, where they are few, `each:` and a parameter's address is what each step adds to it. @typedef {{type: "gradients", id: number, lane: string, of: string, step: number, unit: number | null, window: string | null, first: number, count: number, steps: number, arrays: NamedArray[], totals: NamedArray[] | null}} GradientsMessage */
/** @typedef {{type: "initialised", id: number, lane: string, arrays: NamedArray[]}} InitialisedMessage */
/** @typedef {{type: "rows", id: number, lane: string, rows: number[], arrays: NamedArray[]}} RowsMessage */
/** @typedef {{type: "footholds", id: number, lane: string, first: number, arrays: NamedArray[]}} FootholdsMessage */
/** One curve of what was measured. @typedef {{type: "measured", id: number, lane: string, name: string, arrays: NamedArray[]}} MeasuredMessage */
/** "gradient:" and an address is that of the first, "now:" the weights after the last. @typedef {{type: "updates", id: number, lane: string, first: number, stop: Problem | null, arrays: NamedArray[]}} UpdatesMessage */
/** @typedef {{type: "done", id: number, lane: string, kind: "run" | "gradient" | "landscape" | "descent" | "measure" | "update"}} DoneMessage */
/** @typedef {{description: NetworkDescription, equations: string[], parameters: number}} TrainedNetwork */
/** What is reached without memory, and from which share of right answers on it counts as solved. @typedef {{title: Bilingual, baseline: {loss: number, accuracy: number}, criterion: number, loss: "classes" | "yes-no" | "numbers", inputs: string[], outputs: string[]}} TrainedTask */
/** Arrays `loss` and `norm` (done,), `held_out` (n, 3: update, loss, accuracy): what is behind it. `memory`: bytes of one update. @typedef {{type: "training", id: number, lane: string, settings: Record<string, any>, network: TrainedNetwork, task: TrainedTask, steps: number, memory: number, done: number, arrays: NamedArray[]}} TrainingMessage */
/** The updates `first` to `done`, of `updates`: arrays `loss`, `norm`, `clipped`, `rate`, `held_out` (n, 3). `waiting`: its place in the queue, 0 once it has begun. @typedef {{type: "progress", id: number, lane: string, first: number, done: number, updates: number, going: boolean, per_second: number, seconds_left: number | null, waiting: number, arrays: NamedArray[]}} ProgressMessage */
/** Arrays `x` (T, inputs), `targets` (NaN where none counts) and `answers` (T, outputs), `asked` and `flow` (T,); then, float32 and by full address, the output of each layer (T, units) and every parameter. @typedef {{type: "example", id: number, lane: string, done: number, arrays: NamedArray[]}} ExampleMessage */
/** @typedef {{type: "record", id: number, lane: string, done: number, text: string}} RecordMessage */
/** The end of a training. @typedef {{type: "done", id: number, lane: string, kind: "training", why: "finished" | "cancelled" | "stopped", problem: Problem | null}} EndedMessage */
/** What travels as arrays behind a header. @typedef {FramesMessage | GradientsMessage | DoneMessage | InitialisedMessage | RowsMessage | FootholdsMessage | MeasuredMessage | UpdatesMessage | TrainingMessage | ProgressMessage | ExampleMessage | RecordMessage | EndedMessage} BinaryMessage */
/** @typedef {{type: "problems", id: number | null, lane: string, problems: Problem[]}} ProblemsMessage */
/** @typedef {{type: "pong", id: number}} PongMessage */
/** @typedef {OpenedMessage | BinaryMessage | ProblemsMessage | PongMessage} ServerMessage */

/**
 * What stands between the page and an engine: a socket today, an evaluator inside the page later.
 * @typedef {object} EnginePort
 * @property {(message: ClientMessage, lane?: string) => number} send  gives the message's id; 0 when there is nobody to hear it
 * @property {() => void} close
 */
/**
 * What an engine port calls.
 * @typedef {object} PortListener
 * @property {() => void} connected
 * @property {() => void} lost
 * @property {(message: ServerMessage) => void} received
 */

export {};
