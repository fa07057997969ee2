import { dayWritten, isDay, isMonth, type Regulation } from '@zhibu/rules'
import type { ReactNode } from 'react'
import { DescriptionList } from '../../ui/DescriptionList.tsx'

interface Props {
  of: Regulation
  /** In place of the day of issue: from when until when each edition holds. */
  editions?: readonly { label: string; value: ReactNode }[]
}

/** Where a regulation stands: the document, when it was issued, and when it was last compared. */
export function SourceFacts({ of: { title, issuedOn, source, checkedOn }, editions }: Props) {
  const issued = isDay(issuedOn) || isMonth(issuedOn) ? dayWritten(issuedOn) : `${issuedOn}年`
  return (
    <DescriptionList
      items={[
        { label: '名称', value: title },
        ...(editions ?? [{ label: '印发', value: issued }]),
        {
          label: '来源',
          value: source.url ? (
            <a href={source.url} rel="noreferrer" target="_blank">
              {source.document}
            </a>
          ) : (
            source.document
          ),
        },
        { label: '最近核对', value: `${dayWritten(checkedOn)}，对照公开转载的文本` },
      ]}
    />
  )
}
