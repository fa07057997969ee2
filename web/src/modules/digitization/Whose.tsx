import { Button, SegmentedControl } from '@mantine/core'
import type { StackPart } from '@zhibu/server/modules/digitization/schema'
import { useState } from 'react'
import { OrganizationPicker } from '../organization/OrganizationPicker.tsx'
import { PersonPicker } from '../people/PersonPicker.tsx'
import classes from './Sorting.module.css'

interface Props {
  part: StackPart
  canChange: boolean
  /** Of the stack: proposed where the paper is one of an organisation. */
  organizationId: string
  onPerson: (personId: string) => void
  onOrganization: (organizationId: string) => void
}

type Candidate = StackPart['candidates'][number]

/** Whose paper it is: who was recognised, who else it may be, and a search for another one. */
export function Whose({ part, canChange, organizationId, onPerson, onOrganization }: Props) {
  const [kind, setKind] = useState(part.organization === null ? 'person' : 'organization')
  return (
    <fieldset className={classes.whose}>
      <legend>谁的材料</legend>
      <p className={classes.owner}>
        {part.person ? (
          <PersonText it={part.person} />
        ) : part.organization ? (
          <strong>{part.organization.name}</strong>
        ) : (
          '还没有确定'
        )}
      </p>
      {canChange && part.candidates.length > 0 && (
        <ul className={classes.candidates} aria-label="可能是这几位">
          {part.candidates.map((it) => (
            <li key={it.id}>
              <Button variant="default" fullWidth justify="start" h="auto" py={6} onClick={() => onPerson(it.id)}>
                <PersonText it={it} />
              </Button>
            </li>
          ))}
        </ul>
      )}
      {canChange && (
        <>
          <SegmentedControl
            aria-label="个人或组织"
            size="xs"
            data={[
              { value: 'person', label: '个人' },
              { value: 'organization', label: '组织' },
            ]}
            value={kind}
            onChange={setKind}
          />
          {kind === 'person' ? (
            <PersonPicker
              key={part.person?.id ?? 'nobody'}
              label={part.person ? '换成另一位' : '查找人员'}
              value={undefined}
              onChange={(person) => person && onPerson(person.id)}
            />
          ) : (
            <OrganizationPicker
              label="组织"
              value={part.organization?.id}
              placeholder="选择组织"
              onChange={(id) => onOrganization(id ?? organizationId)}
              among={(it) => it.can.keepFiles}
            />
          )}
        </>
      )}
    </fieldset>
  )
}

const PersonText = ({ it }: { it: Candidate }) => (
  <span>
    <strong>{it.name}</strong>　{[it.studentNumber, it.organization].filter((part) => part !== null).join('　')}
  </span>
)
