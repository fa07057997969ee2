import { List, Text, Title } from '@mantine/core'
import { Standalone } from '../shell/Standalone.tsx'
import { Page } from '../ui/Page.tsx'
import classes from './AboutPage.module.css'

/** What Zhibu is, what it never does, and its licence. */
export function AboutPage() {
  return (
    <Standalone>
      <Page title="关于支部工作台" lead="高校基层党组织自行部署的工作平台：记录在一处，依据看得见，决定由人作。">
        <section className={classes.part}>
          <Title order={2}>它做什么</Title>
          <List>
            <List.Item>一项信息只录一次，表格、名册、提醒都用同一份记录。</List.Item>
            <List.Item>每个期限、每处疑点都写明依据：哪一条、当日有效的是哪一版、用了哪些已记录的事实。</List.Item>
            <List.Item>直接导入现有的电子表格；有问题的单元格逐个指出，不替人猜日期。</List.Item>
          </List>
        </section>
        <section className={classes.part}>
          <Title order={2}>它不做什么</Title>
          <List>
            <List.Item>不对人下结论：能否发展、是否合格，由组织研究决定，并留下姓名和日期。</List.Item>
            <List.Item>不为已经发生的事推荐日期，不帮助补材料。</List.Item>
            <List.Item>没有积分、排名、打卡、在线时长，也不公布谁没看、谁没来。</List.Item>
            <List.Item>不连接本机以外的网络地址，除非管理员作了设置。</List.Item>
          </List>
        </section>
        <section className={classes.part}>
          <Title order={2}>使用须知</Title>
          <Text>非涉密系统，严禁处理涉密信息。条文内容以正式文件为准；对条文的理解有疑问时，请咨询上级组织部门。</Text>
        </section>
        <section className={classes.part}>
          <Title order={2}>许可</Title>
          <Text>支部工作台是自由软件，按 Apache 许可证 2.0 版发布，可以自由使用、修改和再分发。</Text>
        </section>
      </Page>
    </Standalone>
  )
}
