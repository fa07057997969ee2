import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { BatchView } from '@zhibu/server/modules/certificates/schema'
import { DayText } from '../../ui/DayText.tsx'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { DownloadLink } from '../../ui/DownloadLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { batchQuery, papersAt } from './api.ts'
import { aboveOne } from './words.tsx'

const route = getRouteApi('/signed-in/training/certificates/batches/$batchId')

/** What was issued in one act: how far the papers have come, and all of them in one file for the printer. */
export function BatchPage() {
  const { batchId } = route.useParams()
  const { data, error, refetch } = useQuery(batchQuery(batchId))
  if (!data)
    return (
      <Page title="一批证书" breadcrumbs={aboveOne}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  const holding = data.total - data.revoked
  return (
    <Page
      title={`${data.title}，${data.total} 份`}
      breadcrumbs={aboveOne}
      subtitle={data.programme}
      actions={holding > 0 && <DownloadLink href={papersAt(data.id)}>下载全部，供打印</DownloadLink>}
    >
      <Progress it={data} />
      {data.problems.length > 0 && <Problems it={data} />}
      <Section title="这一批">
        <DescriptionList
          items={[
            { label: '颁发单位', value: data.organization.name },
            { label: '颁发日期', value: <DayText on={data.issuedOn} /> },
            { label: '经办人', value: data.issuedBy },
            {
              label: '编号',
              value: data.total === 1 ? data.firstNumber : `${data.firstNumber} 至 ${data.lastNumber}`,
            },
            { label: '其中已撤销', value: `${data.revoked} 份` },
          ]}
        />
        <p className={parts.note}>
          一份一页，A4 横放。打印时选“实际大小”，打印后在右下角签字、盖章。已撤销的不在里面。
        </p>
        <div className={parts.buttons}>
          <LinkButton
            variant="default"
            to="/training/certificates"
            search={{ organizationId: data.organization.id, q: data.programme.slice(0, 50) }}
          >
            查看这些证书
          </LinkButton>
        </div>
      </Section>
    </Page>
  )
}

function Progress({ it }: { it: BatchView }) {
  const done = it.ready + it.problems.length
  return (
    <ProgressBar
      label={done < it.total ? '正在排版证书' : '证书已经排好'}
      done={it.ready}
      total={it.total}
      unit="份"
      state={done < it.total ? 'running' : it.problems.length > 0 ? 'failed' : 'done'}
      {...(done < it.total && { note: '证书已经颁发，编号有效。可以离开本页，排版在后台继续。' })}
    />
  )
}

function Problems({ it }: { it: BatchView }) {
  return (
    <Section title="没有生成的证书">
      <Alert color="yellow">编号有效，纸面没有生成。按下面的原因处理以后，打开这份证书，点“重新排版”。</Alert>
      <RowList
        label="没有生成的证书"
        rows={it.problems.map(({ id, name, number, problem }) => ({
          key: id,
          title: (
            <Link to="/training/certificates/$certificateId" params={{ certificateId: id }} className={parts.link}>
              {name}
            </Link>
          ),
          facts: [number, problem],
        }))}
      />
    </Section>
  )
}
