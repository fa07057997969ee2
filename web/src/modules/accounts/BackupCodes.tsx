import { Alert, Button, CopyButton, Group } from '@mantine/core'
import classes from './Entrance.module.css'

/** The backup codes, shown once. */
export function BackupCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  return (
    <>
      <Alert color="yellow" title="请保存备用码">
        手机丢失时，用其中一个代替动态口令登录，每个只能用一次。离开本页后不再显示。
      </Alert>
      <ul className={classes.codes} aria-label="备用码">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group gap="xs" className="no-print">
        <CopyButton value={codes.join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? '已复制' : '复制'}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={() => window.print()}>
          打印
        </Button>
        <Button onClick={onKept}>已经保存</Button>
      </Group>
    </>
  )
}
