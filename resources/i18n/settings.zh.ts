<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_GB">
    <context>
        <name>settings</name>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>Practise on a sample card</source>
            <translation>用样卡练习</translation>
        </message>
        <message>
            <source>A window of its own opens; nothing in it reaches this vault.</source>
            <translation>另开一个窗口，其中一切都不进入本证据库。</translation>
        </message>
        <message>
            <source>Unit</source>
            <translation>单位</translation>
        </message>
        <message>
            <source>Operator</source>
            <translation>操作人</translation>
        </message>
        <message>
            <source>This PC</source>
            <translation>本机名称</translation>
        </message>
        <message>
            <source>Workspace</source>
            <translation>工作区</translation>
        </message>
        <message>
            <source>The setting was changed and written into the audit log.</source>
            <translation>设置已更改，并写入审计日志。</translation>
        </message>
        <message>
            <source>Unit and workstation</source>
            <translation>单位与本机</translation>
        </message>
        <message>
            <source>Licences</source>
            <translation>许可证</translation>
        </message>
        <message>
            <source>avdesk is free software under the GNU General Public License, version 3 or later.</source>
            <translation>avdesk 是自由软件，采用 GNU 通用公共许可证第 3 版或更新版本。</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>许可证</translation>
        </message>
        <message>
            <source>About</source>
            <translation>关于</translation>
        </message>
        <message>
            <source>Licences…</source>
            <translation>许可证…</translation>
        </message>
        <message>
            <source>Language and text size can be changed when no work goes on.</source>
            <translation>没有进行中的工作时，才能更改语言和字号。</translation>
        </message>
        <message>
            <source>Usual</source>
            <translation>标准</translation>
        </message>
        <message>
            <source>Larger</source>
            <translation>较大</translation>
        </message>
        <message>
            <source>Largest</source>
            <translation>最大</translation>
        </message>
        <message>
            <source>Display</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>颜色</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>字号</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <source>Time zone of recorders</source>
            <translation>记录设备的时区</translation>
        </message>
        <message>
            <source>Assumed where a recorder states none; an offset from -12:00 to +14:00</source>
            <translation>设备没有注明时按此推定；从 -12:00 到 +14:00</translation>
        </message>
        <message>
            <source>SM3 beside SHA-256</source>
            <translation>同时计算 SM3</translation>
        </message>
        <message>
            <source>A second digest of every file; collecting takes longer</source>
            <translation>每个文件另算一个校验值，采集会慢一些</translation>
        </message>
        <message>
            <source>How disc numbers are written</source>
            <translation>光盘标号格式</translation>
        </message>
        <message>
            <source>Text with {number} and, if wanted, {year}, such as {year}-{number:04d}</source>
            <translation>含 {number}，可含 {year}，例如 {year}-{number:04d}</translation>
        </message>
        <message>
            <source>First disc number of a year</source>
            <translation>每年的起始标号</translation>
        </message>
        <message>
            <source>Where the paper register already runs; a whole number from 1 to 999999</source>
            <translation>纸质台账已编到的位置；1 到 999999 的整数</translation>
        </message>
        <message>
            <source>Time for the details of one file</source>
            <translation>读取单个文件信息的时限</translation>
        </message>
        <message>
            <source>Seconds before reading is given up; a whole number from 1 to 600</source>
            <translation>超过多少秒就放弃；1 到 600 的整数</translation>
        </message>
        <message>
            <source>Longest gap within one recording</source>
            <translation>连续录像间的最长间隔</translation>
        </message>
        <message>
            <source>Minutes between segments that are played as one; a whole number from 0 to 600</source>
            <translation>间隔在此分钟数以内的各段连成一条播放；0 至 600 的整数</translation>
        </message>
        <message>
            <source>Look through picture and sound</source>
            <translation>自动分析画面和声音</translation>
        </message>
        <message>
            <source>After collecting, in the background; off: only when asked for by command</source>
            <translation>采集后在后台进行；关闭后只能用命令分析</translation>
        </message>
        <message>
            <source>Shortest span that is told</source>
            <translation>最短的报告时段</translation>
        </message>
        <message>
            <source>Seconds; a whole number from 1 to 600</source>
            <translation>秒，1 到 600 的整数</translation>
        </message>
        <message>
            <source>Picture is black below</source>
            <translation>画面全黑的上限</translation>
        </message>
        <message>
            <source>Level of its brightest half percent; a whole number from 0 (black) to 255 (white)</source>
            <translation>最亮千分之五的亮度，0（黑）到 255（白）的整数</translation>
        </message>
        <message>
            <source>Picture without detail is covered below</source>
            <translation>无细节画面判为遮挡的上限</translation>
        </message>
        <message>
            <source>Level of its brightest half percent; a whole number from 0 to 255</source>
            <translation>最亮千分之五的亮度，0 到 255 的整数</translation>
        </message>
        <message>
            <source>Picture is underexposed below</source>
            <translation>画面过暗的上限</translation>
        </message>
        <message>
            <source>Picture is overexposed above</source>
            <translation>画面过曝的下限</translation>
        </message>
        <message>
            <source>Percent of it that is burnt out; a whole number from 1 to 100</source>
            <translation>过曝部分占画面的百分比，1 到 100 的整数</translation>
        </message>
        <message>
            <source>Picture is blurred below</source>
            <translation>画面模糊的上限</translation>
        </message>
        <message>
            <source>Per mille of an edge's height that its steepest step takes; a whole number from 0 to 1000</source>
            <translation>最陡一步占边缘高度的千分比，0 到 1000 的整数</translation>
        </message>
        <message>
            <source>Picture stands still below</source>
            <translation>画面静止的上限</translation>
        </message>
        <message>
            <source>Hundredths of a level by which it changes; a whole number from 0 to 1000</source>
            <translation>画面变化量，百分之一亮度级，0 到 1000 的整数</translation>
        </message>
        <message>
            <source>Sound is silent below</source>
            <translation>无声的上限</translation>
        </message>
        <message>
            <source>Decibels below full scale; a whole number from -110 to -20</source>
            <translation>满刻度以下的分贝数，-110 到 -20 的整数</translation>
        </message>
        <message>
            <source>Sound is clipped above</source>
            <translation>声音削波的下限</translation>
        </message>
        <message>
            <source>Per mille of a second's samples near the limit; a whole number from 0 to 1000</source>
            <translation>一秒内接近满刻度的采样千分比，0 到 1000 的整数</translation>
        </message>
        <message>
            <source>Set by the office</source>
            <translation>由本单位规定</translation>
        </message>
        <message>
            <source>The change, its reason and your name are written into the audit log.</source>
            <translation>更改内容、理由和您的姓名都写入审计日志。</translation>
        </message>
        <message>
            <source>Yes</source>
            <translation>是</translation>
        </message>
        <message>
            <source>No</source>
            <translation>否</translation>
        </message>
        <message>
            <source>{article}, changed by {person} {when}</source>
            <translation>{article}，{person} {when} 更改</translation>
        </message>
        <message>
            <source>Change…</source>
            <translation>更改…</translation>
        </message>
        <message>
            <source>Change a rule of the office</source>
            <translation>更改本单位规则</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>such as {number}</source>
            <translation>如 {number}</translation>
        </message>
        <message>
            <source>Art. {article}</source>
            <translation>第 {article} 条</translation>
        </message>
        <message>
            <source>{article}, as delivered</source>
            <translation>{article}，默认值</translation>
        </message>
        <message>
            <source>Rules of the office</source>
            <translation>本单位规则</translation>
        </message>
        <message>
            <source>New value</source>
            <translation>新值</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>理由</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Change {setting}</source>
            <translation>更改{setting}</translation>
        </message>
        <message>
            <source>Vaults of this PC</source>
            <translation>本机的证据库</translation>
        </message>
        <message>
            <source>{free} of {total} free</source>
            <translation>{free} / {total} 可用</translation>
        </message>
        <message>
            <source>Can't be used now</source>
            <translation>现在不能使用</translation>
        </message>
        <message>
            <source>There is little space left.</source>
            <translation>剩余空间很少。</translation>
        </message>
    </context>
</TS>
