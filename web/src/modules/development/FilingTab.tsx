import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { dayWritten, filingTemplateOf } from '@zhibu/rules'
import { useSession } from '../../session.ts'
import { DownloadButton } from '../../ui/DownloadButton.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Section } from '../../ui/Section.tsx'
import { filingListQuery } from '../archive/api.ts'
import { asked, basis, deliveredBy, FilingPlaces, form, personnelFile, retention, signing } from './FilingPlaces.tsx'
import classes from './FilingTab.module.css'

/** 归档清单: what belongs into the file of a person and into those of an organisation, who hands it in, and on what that rests. */
export function FilingTab() {
  const { data, error, refetch } = useQuery(filingListQuery)
  const mayExport = useSession()?.can.includes('archive') ?? false
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <PageLoading />
  const { adjustment } = data.value
  const { person, organization, outOfUse, version, checkedOn } = filingTemplateOf(adjustment)
  return (
    <>
      <p className={`${classes.hint} ${classes.lead}`}>
        归档清单 {version} 版，{dayWritten(checkedOn)}
        核对，已计入本校的增加和调整。标“细则写明”的是《发展党员工作细则》规定归档的材料，“通行做法”的是各环节通常形成的材料，“各校自定”的没有登记相应事项就不催要。签字、盖章和保管期限标“待核实”的，尚未与正式文件核对，以本校要求和归档范围、保管期限表为准。
      </p>
      <Section
        title="个人材料"
        lead="按发展党员全程纪实的顺序排列。没有办理的环节不催要材料，也不得补造。"
        actions={
          <>
            {mayExport && (
              <DownloadButton url="/api/archive/filing-list/exports" body={{}}>
                导出表格
              </DownloadButton>
            )}
            <Button variant="default" onClick={() => window.print()}>
              打印
            </Button>
          </>
        }
      >
        <FilingPlaces label="个人材料" places={person} adjustment={adjustment} columns={personColumns} />
      </Section>
      <Section title="组织材料" lead="由党支部、党委留存，不随个人转递。">
        <FilingPlaces label="组织材料" places={organization} adjustment={adjustment} columns={organizationColumns} />
      </Section>
      {outOfUse.length > 0 && (
        <Section title="本校停用的" lead="不再归入新的材料，也不催要；原有的材料仍在原处，可以查看。">
          <FilingPlaces label="本校停用的" places={outOfUse} adjustment={adjustment} columns={organizationColumns} />
        </Section>
      )}
    </>
  )
}

const organizationColumns = [deliveredBy, asked, form, signing, retention, basis]
const personColumns = organizationColumns.toSpliced(-1, 0, personnelFile)
