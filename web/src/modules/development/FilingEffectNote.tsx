import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ActKind, actLabels } from '@zhibu/rules'
import { filingEffectQuery } from './api.ts'

interface Props {
  /** The code of the place; absent while it is being added. */
  place?: string
  /** The act after which its paper will be asked of everybody. */
  from?: ActKind
}

/** How many files a change of the filing list touches: numbers only. */
export function FilingEffectNote({ place, from }: Props) {
  const { data } = useQuery(filingEffectQuery({ ...(place !== undefined && { place }), ...(from && { from }) }))
  if (data === undefined || (place === undefined && from === undefined)) return null
  const lying =
    data.documents === 0
      ? '这一位置现在没有材料。'
      : `这一位置现在有 ${data.documents} 份材料，涉及 ${data.files} 份档案。`
  const asked =
    from && `已登记“${actLabels[from]}”的有 ${data.reached} 人，其中 ${data.lacking} 人还没有这一材料，将列为缺少。`
  return (
    <Alert color="gray" title="影响范围" role="status">
      {place !== undefined && lying}
      {asked}
    </Alert>
  )
}
