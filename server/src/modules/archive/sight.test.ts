import { expect, test } from 'vitest'
import { maskedHtml } from './sight.ts'

test.each([
  ['in one run', '<p>本人110101200405110321汇报</p>', '<p>本人110*************21汇报</p>'],
  [
    'in several runs',
    '<p>号码<strong>110101</strong>2004<em>05</em>110321。</p>',
    '<p>号码<strong>110***</strong>****<em>**</em>****21。</p>',
  ],
  [
    'in cells of a row',
    '<tr><td><p>110101</p></td><td></td><td><p>20040511</p></td><td><p>0321</p></td></tr>',
    '<tr><td><p>110***</p></td><td></td><td><p>********</p></td><td><p>**21</p></td></tr>',
  ],
  ['over a break', '<p>110101200405<br />110321</p>', '<p>110*********<br />****21</p>'],
  ['beside a number', '<td>3</td><td>110101200405110321</td>', '<td>3</td><td>110*************21</td>'],
  [
    'in place of a picture',
    '<img alt="110101200405110321" src="data:image/png;base64,110101200405110321" />',
    '<img alt="110*************21" src="data:image/png;base64,110101200405110321" />',
  ],
  ['in two paragraphs', '<p>110101200405</p><p>110321</p>', '<p>110101200405</p><p>110321</p>'],
  [
    'in two rows',
    '<tr><td>110101200405</td></tr><tr><td>110321</td></tr>',
    '<tr><td>110101200405</td></tr><tr><td>110321</td></tr>',
  ],
  ['no number', '<p>2023年9月20日 &amp; 第 3 次</p>', '<p>2023年9月20日 &amp; 第 3 次</p>'],
])('a number %s', (_, html, shown) => expect(maskedHtml(html)).toBe(shown))
