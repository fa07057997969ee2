import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../../../../e2e/browser.ts'
import { bundled } from '../../../../e2e/vite.ts'
import type { Pasted } from './cleanPasted.ts'

let browser: Browser
let page: Page

/** The function as it is shipped, in a browser: how HTML is read is the browser's to say. */
beforeAll(async () => {
  const at = JSON.stringify(path.join(import.meta.dirname, 'cleanPasted.ts'))
  const code = await bundled('pasting', `export * from ${at}`)
  browser = await launchBrowser()
  page = await browser.newPage()
  await page.addScriptTag({ content: code })
})

afterAll(async () => {
  await browser?.close()
})

declare const pasting: { cleanPasted(html: string): Pasted }

const cleaned = (html: string): Promise<Pasted> => page.evaluate((it) => pasting.cleanPasted(it), html)

const inWord = (body: string) =>
  `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {mso-style-parent:""; font-family:等线;} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->${body}<!--EndFragment--></body></html>`

const inList = (level: number, mark: string, text: string, font = '') =>
  `<p class=MsoListParagraph style='margin-left:${level * 21}.0pt;text-indent:-21.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span lang=EN-US style='${font}mso-list:Ignore'>${mark}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]><span style='font-family:宋体;color:red'>${text}</span><span lang=EN-US><o:p></o:p></span></p>
`

const dot = 'data:image/png;base64,iVBORw0KGgo='

test.each<[string, string, string]>([
  [
    'the paragraphs of Word',
    inWord(`<h1><a name="_Toc1"></a><b>一、总体情况<span lang=EN-US><o:p></o:p></span></b></h1>
<p class=MsoNormal style='text-indent:24.0pt;mso-char-indent-count:2.0'><span style='font-size:12.0pt;font-family:仿宋_GB2312;mso-hansi-font-family:仿宋;color:#333333'>　　支部党员大会应到党员
</span><span lang=EN-US style='font-size:12.0pt'>24</span><span style='mso-bidi-font-weight:bold'>名，</span><b style='mso-bidi-font-weight:normal'>实到</b>
23名。</p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<p class=MsoNormal align=right style='text-align:right'>2026年5月11日</p>`),
    '<h2>一、总体情况</h2><p>支部党员大会应到党员 24名，<strong>实到</strong> 23名。</p><p data-align="right">2026年5月11日</p>',
  ],
  [
    'a numbered list of Word, with one within it',
    inWord(
      inList(1, '3.', '领学文件') +
        inList(2, '·', '党章', 'font-family:Symbol;') +
        inList(2, 'Ø', '条例', 'font-family:Wingdings;') +
        inList(1, '4.', '交流发言'),
    ),
    '<ol start="3"><li><p>领学文件</p><ul><li><p>党章</p></li><li><p>条例</p></li></ul></li><li><p>交流发言</p></li></ol>',
  ],
  [
    'the numbers of official papers, which are words',
    inWord(inList(1, '一、', '总体情况') + inList(1, '（二）', '做法') + inList(1, '1.', '学习')),
    '<p>一、总体情况</p><p>（二）做法</p><ol><li><p>学习</p></li></ol>',
  ],
  [
    'two lists with a paragraph between them',
    inWord(`${inList(1, '1.', '甲')}<p class=MsoNormal>中间</p>${inList(1, '2.', '乙')}`),
    '<ol><li><p>甲</p></li></ol><p>中间</p><ol start="2"><li><p>乙</p></li></ol>',
  ],
  [
    'a footnote of Word',
    inWord(`<p class=MsoNormal>实到<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span lang=EN-US>[1]</span></span></a>名</p>
<div style='mso-element:footnote-list'><br clear=all><hr align=left size=1 width="33%"><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1"><span>[1]</span></a> 一名党员
请假。</p></div></div>`),
    '<p>实到<span data-footnote="一名党员 请假。"></span>名</p>',
  ],
  [
    'a table of Word',
    inWord(
      `<table class=MsoTableGrid border=1 cellspacing=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'><tr style='mso-yfti-irow:0'><td width=200 colspan=2 valign=top style='width:150pt;background:#FFC000;padding:0cm 5.4pt'><p class=MsoNormal><b><span style='color:white'>环节</span></b></p></td></tr><tr><td rowspan=99><p class=MsoNormal>甲</p></td><td><p class=MsoNormal><o:p>&nbsp;</o:p></p></td></tr></table>`,
    ),
    '<table><tbody><tr><td colspan="2"><p><strong>环节</strong></p></td></tr><tr><td rowspan="20"><p>甲</p></td><td><p></p></td></tr></tbody></table>',
  ],
  [
    'WPS',
    `<html><body><!--StartFragment--><p class="MsoNormal" style="mso-list:l0 level1 lfo1;"><!--[if !supportLists]--><span style="font-family:Calibri;mso-list:Ignore;">1.<span>&nbsp;</span></span><!--[endif]--><span style="mso-spacerun:'yes';font-family:宋体;font-size:10.5000pt;">学习</span><span style="mso-spacerun:'yes';"><o:p></o:p></span></p><p class="MsoNormal"><b><span class="15" style="font-family:黑体;">标题</span></b><u><span>划线</span></u><span style="text-decoration:line-through;">删</span></p><!--EndFragment--></body></html>`,
    '<ol><li><p>学习</p></li></ol><p><strong>标题</strong><u>划线</u><s>删</s></p>',
  ],
  [
    'a public account',
    `<section data-tools="135编辑器" style="margin: 10px; background: #fff"><section style="display: inline-block"><p style="text-align: center;line-height: 2em"><span style="color: rgb(192, 0, 0); font-weight: 700; font-size: 18px" leaf="">主题党日</span></p></section><section><span leaf=""><br></span></section><section style="text-indent: 2em"><span leaf="">第一段</span></section><section><span leaf="">第二段</span></section></section><p style="display: none;"><mp-style-type data-value="3"></mp-style-type></p><script>alert(1)</script>`,
    '<p data-align="center"><strong>主题党日</strong></p><p>第一段</p><p>第二段</p>',
  ],
  [
    'a web page',
    `<meta charset='utf-8'><div class="article"><h3 style="color:blue">小标题</h3><div>一行<br>又一行<br></div><ul><li>甲<ul><li>乙</li></ul></li><ul><li>丙</li></ul></ul><a href="https://example.cn/a?b=1" onclick="x()" target="_blank"><u>链接</u></a>与<a href="javascript:alert(1)">点击</a><a href="#top">回顶</a><button>分享</button><blockquote>引文</blockquote><pre>一
二</pre></div>`,
    '<h3>小标题</h3><p>一行<br>又一行</p><ul><li><p>甲</p><ul><li><p>乙</p></li></ul><ul><li><p>丙</p></li></ul></li></ul><p><a href="https://example.cn/a?b=1">链接</a>与点击回顶</p><blockquote><p>引文</p></blockquote><p>一<br>二</p>',
  ],
  [
    'a document in which bold is taken back',
    `<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-weight:400;font-style:italic">斜</span><span style="font-weight:700">粗</span><span style="vertical-align:super">2</span></p></b>`,
    '<p><em>斜</em><strong>粗</strong><sup>2</sup></p>',
  ],
  ['a table of one cell', '<table><tr><td><p>框中</p></td></tr></table>', '<p>框中</p>'],
  ['characters that nobody sees', `<p>${'党\u200b支\u202e部\ufeff'}</p>`, '<p>党支部</p>'],
  ['nothing', '<html><body><!--StartFragment--><p> </p><!--EndFragment--></body></html>', ''],
  [
    'what would run',
    `<img src=x onerror=alert(1)><svg onload=alert(1)><style>*{}</style></svg><iframe srcdoc="x"></iframe><p onclick=alert(1) style="background:url(javascript:x)">文</p><math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
    '<p>文</p>',
  ],
])('%s', async (_, html, expected) => {
  expect((await cleaned(html)).html).toBe(expected)
})

test('pictures come along where they are in the clipboard; others are told and not loaded', async () => {
  const asked: string[] = []
  page.on('request', (it) => asked.push(it.url()))
  const found = await cleaned(
    `<p>前<img src="${dot}" alt=" 合影
留念 ">后</p><img src="https://mmbiz.qpic.cn/a.png"><img src="${dot}" data-src="https://mmbiz.qpic.cn/b.jpg"><img src="file:///C:/Users/a/clip_image001.png"><img src="data:image/svg+xml,x"><img src="//cdn.example.com/c.png">`,
  )
  expect(found).toEqual({
    html: '<p>前</p><img data-upload="0" alt="合影 留念"><p>后</p>',
    pictures: [{ dataUrl: dot, alt: '合影 留念' }],
    remote: ['https://mmbiz.qpic.cn/a.png', 'https://mmbiz.qpic.cn/b.jpg', '//cdn.example.com/c.png'],
    unreachable: 2,
  })
  expect(asked).toEqual([])
})
