import { Button, Fieldset, MultiSelect, Pill } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { stageLabels } from '@zhibu/rules'
import { officeNames } from '@zhibu/server/modules/organization/names-schema'
import { useState } from 'react'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { PersonsPicker } from '../accounts/PersonsPicker.tsx'
import { treeQuery } from '../organization/api.ts'
import { OrganizationPicker } from '../organization/OrganizationPicker.tsx'
import { addressees } from './addressees.ts'
import classes from './Notices.module.css'
import { emptyGroup, type GroupDraft, type NoticeDraft } from './noticeDraft.ts'

/** The most of one notice, as the server takes it. */
const most = { groups: 20, organizations: 200, named: 2_000 }

interface Props {
  draft: NoticeDraft
  onChange: (part: Partial<NoticeDraft>) => void
}

/** For whom a notice is: groups by organisation, office and stage, single persons besides, and persons left out. */
export function AudienceFields({ draft: { groups, persons, except }, onChange }: Props) {
  const [isNaming, setIsNaming] = useState(persons.length > 0)
  const [isExcepting, setIsExcepting] = useState(except.length > 0)
  const change = (at: number, part: Partial<GroupDraft>) =>
    onChange({ groups: groups.map((it, place) => (place === at ? { ...it, ...part } : it)) })
  return (
    <div className={classes.form}>
      {groups.map((group, at) => (
        <Group
          // Groups have no name of their own; one that is taken away leaves the others in their order.
          key={`group ${String(at)}`}
          number={groups.length > 1 ? at + 1 : undefined}
          group={group}
          onChange={(part) => change(at, part)}
          onRemove={
            groups.length > 1 || isNaming
              ? () => onChange({ groups: groups.filter((_, place) => place !== at) })
              : undefined
          }
        />
      ))}
      {isNaming && (
        <PersonsPicker
          legend="另外加上这些人"
          value={persons}
          onChange={(chosen) => onChange({ persons: chosen })}
          most={most.named}
          source={addressees}
        />
      )}
      {isExcepting && (
        <PersonsPicker
          legend="不发给这些人"
          value={except}
          onChange={(chosen) => onChange({ except: chosen })}
          most={most.named}
          source={addressees}
        />
      )}
      <div className={classes.buttons}>
        {groups.length < most.groups && (
          <Button variant="default" onClick={() => onChange({ groups: [...groups, emptyGroup] })}>
            再加一组条件
          </Button>
        )}
        {!isNaming && (
          <Button variant="default" onClick={() => setIsNaming(true)}>
            逐个加人
          </Button>
        )}
        {!isExcepting && (
          <Button variant="default" onClick={() => setIsExcepting(true)}>
            排除个别人
          </Button>
        )}
      </div>
    </div>
  )
}

interface GroupProps {
  number: number | undefined
  group: GroupDraft
  onChange: (part: Partial<GroupDraft>) => void
  onRemove: (() => void) | undefined
}

/** One set of conditions: in these organisations or below, in one of these offices, at one of these stages. */
function Group({ number, group, onChange, onRemove }: GroupProps) {
  const { data } = useQuery(treeQuery())
  const { organizationIds, offices, stages } = group
  const nameOf = (id: string) => data?.nodes.find((it) => it.id === id)?.name ?? '（已撤销的组织）'
  // Who stands where on the way is read in the files.
  const isByStage = data?.nodes.some((it) => it.can.readFiles) ?? false
  const remove = (id: string) => onChange({ organizationIds: organizationIds.filter((it) => it !== id) })
  return (
    <Fieldset legend={number === undefined ? '按条件' : `条件 ${number}`} className={classes.group}>
      <OrganizationPicker
        key={organizationIds.length}
        label="组织（含下级）"
        value={undefined}
        onChange={(id) => id && onChange({ organizationIds: [...organizationIds, id] })}
        among={(it) => it.can.sendNotices && it.dissolvedOn === null && !organizationIds.includes(it.id)}
      />
      {organizationIds.length > 0 && (
        <Pill.Group aria-label="已选择的组织">
          {organizationIds.map((id) => (
            <Pill
              key={id}
              withRemoveButton
              onRemove={() => remove(id)}
              removeButtonProps={{ 'aria-label': `移去${nameOf(id)}`, 'aria-hidden': false, tabIndex: 0 }}
            >
              {nameOf(id)}
            </Pill>
          ))}
        </Pill.Group>
      )}
      <div className={classes.pair}>
        <MultiSelect
          label="职务"
          placeholder={offices.length === 0 ? '不限' : ''}
          data={choicesOf(officeNames)}
          value={[...offices]}
          onChange={(chosen) => onChange({ offices: chosen.flatMap((it) => codeIn(officeNames, it) ?? []) })}
          clearable
          clearButtonProps={{ 'aria-label': '清除职务' }}
        />
        {(isByStage || stages.length > 0) && (
          <MultiSelect
            label="发展阶段"
            placeholder={stages.length === 0 ? '不限' : ''}
            data={choicesOf(stageLabels)}
            value={[...stages]}
            onChange={(chosen) => onChange({ stages: chosen.flatMap((it) => codeIn(stageLabels, it) ?? []) })}
            clearable
            clearButtonProps={{ 'aria-label': '清除发展阶段' }}
          />
        )}
      </div>
      {onRemove && (
        <div>
          <Button variant="subtle" size="compact-sm" onClick={onRemove}>
            去掉这一组
          </Button>
        </div>
      )}
    </Fieldset>
  )
}
