import { BarChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

// Drawn on a canvas: as SVG it would write style attributes, which the content security policy of the page refuses.
use([AriaComponent, BarChart, CanvasRenderer, GridComponent, LegendComponent, TooltipComponent])

export { init }
