import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Confirmed } from './check-reading.ts'
import { checkStylesFile } from './check-styles.ts'
import { dateInWords, sentenceOf, signatoryOf } from './names-schema.ts'
import { checkPath } from './printing.ts'

type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

/** Around every page: the university, and the moment at which it was asked, for whoever prints the page. */
export interface Around {
  university: string
  askedAt: Date
}

/** Where one types the code that is printed on a certificate; `problem` says why nothing was found under what was typed. */
export const askPage = (around: Around, problem?: string): Promise<string> =>
  page(
    around,
    '证书核验',
    html`<h1>证书核验</h1>
${problem === undefined ? '' : html`<p class="problem" role="alert">${problem}</p>`}
<form method="post" action="${checkPath}" autocomplete="off">
<label for="code">核验码</label>
<p class="quiet" id="hint">印在证书左下角二维码的旁边，共 24 位字母和数字，分为 6 组。空格和大小写不用管。</p>
<input id="code" name="code" required maxlength="60" autocapitalize="characters" autocomplete="off" spellcheck="false" aria-describedby="hint">
<button>核验</button>
</form>
<p class="quiet">也可以直接用手机扫描证书上的二维码。</p>`,
  )

/** What a certificate says, and whether it holds. */
export const certificatePage = (around: Around, { facts, revokedOn }: Confirmed): Promise<string> => {
  const signatory = signatoryOf(facts)
  const rows: (readonly [string, string])[] = [
    ['证书名称', facts.title],
    ['姓名', facts.name],
    ['颁发单位', facts.issuer],
    ...(signatory === null ? [] : [['签发人', signatory] as const]),
    ['颁发日期', dateInWords(facts.issuedOn)],
    ['证书编号', facts.number],
    ...(facts.replaces === null ? [] : [['换发自', facts.replaces] as const]),
  ]
  const state =
    revokedOn === null
      ? html`<div class="state"><strong>有效</strong><p>这份证书由${facts.issuer}颁发。请核对下面的内容与纸面是否一致。</p></div>`
      : html`<div class="state revoked"><strong>已撤销</strong><p>这份证书已于${dateInWords(revokedOn)}撤销，不再有效。</p></div>`
  return page(
    around,
    '证书核验结果',
    html`<h1>证书核验结果</h1>
${state}
<p class="words">${facts.name}同志：${sentenceOf(facts)}</p>
<dl>${rows.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
<p class="quiet">核验时间：${moment.format(around.askedAt)}</p>`,
    html`<a class="no-print" href="${checkPath}" rel="noreferrer">核验另一份证书</a>`,
  )
}

/** Said of whatever is no certificate, in the same words. */
export const notFound = '没有找到这个核验码对应的证书。请对照纸面，逐组核对后重新填写；仍找不到的，请联系颁发单位。'

const moment = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long', timeStyle: 'short' })

async function page(around: Around, title: string, main: Markup, foot?: Markup): Promise<string> {
  const made = await html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - ${around.university}</title>
${raw('<meta name="robots" content="noindex, nofollow">')}
<meta name="referrer" content="no-referrer">
<link rel="stylesheet" href="${checkPath}${checkStylesFile}">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
</head>
<body>
<header><p>${around.university}</p></header>
<main>
${main}
</main>
<footer>${foot ?? ''}</footer>
</body>
</html>
`
  return String(made)
}
