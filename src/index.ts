export type { Features } from './descriptors/features.js';
export {
  clearOutput,
  type DisplayHandle,
  display,
  input,
  interruptSignal,
} from './kernel/display/display.js';
export {
  type Displayable,
  html,
  javascript,
  jpeg,
  json,
  latex,
  markdown,
  mime,
  png,
  svg,
} from './kernel/display/mime.js';
export { type ProgressBar, progress, progressBar } from './kernel/display/progress.js';
export { AnyWidget, type AnyWidgetOptions } from './kernel/widgets/anywidget.js';
export { Accordion, GridBox, HBox, Tab, VBox } from './kernel/widgets/boxes.js';
export { Dropdown, RadioButtons, Select, SelectMultiple, ToggleButtons } from './kernel/widgets/choices.js';
export { Layout } from './kernel/widgets/control.js';
export { interact } from './kernel/widgets/interact.js';
export { jslink, link } from './kernel/widgets/link.js';
export {
  FloatLogSlider,
  FloatRangeSlider,
  FloatSlider,
  FloatText,
  IntRangeSlider,
  IntSlider,
  IntText,
  Play,
  Progress,
} from './kernel/widgets/numbers.js';
export { Output } from './kernel/widgets/output.js';
export {
  Button,
  Checkbox,
  ColorPicker,
  FileUpload,
  HTML,
  Image,
  Label,
  Text,
  Textarea,
  ToggleButton,
  type UploadedFile,
} from './kernel/widgets/simple.js';
export { Widget } from './kernel/widgets/widget.js';
export * from './numeric/matrix.js';
export type { Activation, DenseLayer, DenseNetwork } from './numeric/network.js';
export { type Random, random } from './numeric/random.js';
