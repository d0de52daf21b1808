// The parts of Apache ECharts that the page uses; everything else is left out of echarts.min.js.
export { getInstanceByDom, init, use } from "echarts/core";
import { use } from "echarts/core";
import { LineChart, ParallelChart, ScatterChart } from "echarts/charts";
import { AriaComponent, BrushComponent, GridComponent, ParallelComponent, TooltipComponent, MarkLineComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";

use([
  AriaComponent, BrushComponent, CanvasRenderer, GridComponent, LineChart, MarkLineComponent, ParallelChart, ParallelComponent,
  ScatterChart, TooltipComponent,
]);
