import { MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type Duty, dutyNames, type Employment, employmentNames } from '@zhibu/server/modules/talent/names-schema'
import type { PostRow } from '@zhibu/server/modules/talent/post-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'
import { NothingFound } from '../../ui/NothingFound.tsx'
import { OrganizationSelect } from '../../ui/OrganizationSelect.tsx'
import { skillsQuery, talentClient } from './api.ts'
import { groupsOf } from './OwnDialog.tsx'
import { useWrite } from './useWrite.ts'

interface Props {
  places: readonly { id: string; name: string }[]
  /** The post that is changed; without it, one is set up. */
  post?: PostRow
  onClose: () => void
}

/** Sets up a post, or changes what is written of it. */
export function PostDialog({ places, post, onClose }: Props) {
  const [organizationId, setOrganizationId] = useState(post?.organization.id ?? places[0]?.id ?? '')
  const [title, setTitle] = useState(post?.title ?? '')
  const [employment, setEmployment] = useState<Employment>(post?.employment ?? 'student')
  const [duty, setDuty] = useState<Duty>(post?.duty ?? 'studentCadre')
  const [count, setCount] = useState<number | string>(post?.places ?? 1)
  const [skillIds, setSkillIds] = useState<string[]>(post?.skillIds ?? [])
  const [about, setAbout] = useState(post?.about ?? '')
  const skills = (useQuery(skillsQuery).data?.items ?? []).filter((it) => !it.isRetired || skillIds.includes(it.id))
  const list = useListWhenOpened()
  const isCount = typeof count === 'number' && count >= 1
  const fields = { title, employment, duty, places: typeof count === 'number' ? count : 1, skillIds, about }
  const save = useWrite<void, unknown>(
    () =>
      post
        ? parseResponse(
            talentClient.posts[':postId'].$put(
              { param: { postId: post.id }, json: fields },
              ifMatch(`"${post.revision}"`),
            ),
          )
        : parseResponse(talentClient.posts.$post({ json: { ...fields, organizationId } })),
    onClose,
  )
  const said = (path: string) => problemIn(save.error, path)
  return (
    <FormDialog
      title={post ? '修改岗位' : '设岗'}
      submitLabel={post ? '保存修改' : '设岗'}
      needs={{ 岗位名称: title.trim().length >= 2, 人数: isCount }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      {!post && (
        <OrganizationSelect
          label="属于哪个组织"
          organizations={places}
          value={organizationId}
          onChange={setOrganizationId}
        />
      )}
      <TextInput
        label="岗位名称"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={said('title')}
        maxLength={40}
        required
        data-autofocus
      />
      <Select
        label="专职或兼职"
        data={choicesOf(employmentNames)}
        value={employment}
        onChange={(value) => setEmployment(codeIn(employmentNames, value) ?? employment)}
        allowDeselect={false}
      />
      <Select
        label="岗位类别"
        data={choicesOf(dutyNames)}
        value={duty}
        onChange={(value) => setDuty(codeIn(dutyNames, value) ?? duty)}
        allowDeselect={false}
      />
      <NumberInput
        label="人数"
        value={count}
        onChange={setCount}
        error={said('places')}
        min={1}
        max={200}
        allowDecimal={false}
        hideControls
        required
      />
      <MultiSelect
        label="需要的技能"
        description="从全校的技能清单里选"
        placeholder="输入几个字查找"
        data={groupsOf(skills)}
        value={skillIds}
        onChange={setSkillIds}
        error={said('skillIds')}
        maxValues={15}
        searchable
        hidePickedOptions
        nothingFoundMessage={<NothingFound>清单里没有这样的技能</NothingFound>}
        {...list}
      />
      <Textarea
        label="做什么（可不填）"
        value={about}
        onChange={(event) => setAbout(event.currentTarget.value)}
        error={said('about')}
        maxLength={500}
        autosize
        minRows={2}
      />
    </FormDialog>
  )
}
