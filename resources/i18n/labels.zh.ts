<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_GB">
    <context>
        <name>labels</name>
        <message>
            <source>Disc labels</source>
            <translation>光盘标签</translation>
        </message>
        <message>
            <source>Choose the case at the left</source>
            <translation>请在左边选择案件</translation>
        </message>
        <message>
            <source>Its two labels are shown here as they will be printed.</source>
            <translation>这里按打印的样子显示两份标签。</translation>
        </message>
        <message>
            <source>No cases yet</source>
            <translation>还没有案件</translation>
        </message>
        <message>
            <source>Labels are made for a case. Create one first.</source>
            <translation>标签按案件制作，请先新建案件。</translation>
        </message>
        <message>
            <source>Another first position</source>
            <translation>换起始位置</translation>
        </message>
        <message>
            <source>Show this label large</source>
            <translation>放大显示此标签</translation>
        </message>
        <message>
            <source>Save labels as PDF</source>
            <translation>标签存为 PDF</translation>
        </message>
        <message>
            <source>PDF (*.pdf)</source>
            <translation>PDF (*.pdf)</translation>
        </message>
        <message>
            <source>Print test page</source>
            <translation>打印测试页</translation>
        </message>
        <message>
            <source>Printing test page</source>
            <translation>打印测试页</translation>
        </message>
        <message>
            <source>Printing disc labels</source>
            <translation>打印光盘标签</translation>
        </message>
        <message>
            <source>No font has these characters: {characters}</source>
            <translation>字体中没有这些字：{characters}</translation>
        </message>
        <message>
            <source>Something is wrong at the left; it is marked in red.</source>
            <translation>左边有需要改的地方，已用红色标出。</translation>
        </message>
        <message>
            <source>More than one person has this name: choose from the list</source>
            <translation>有同名人员，请从列表中选择</translation>
        </message>
        <message>
            <source>Both labels were sent to the printer at 100 %.</source>
            <translation>两份标签已按 100 % 送去打印。</translation>
        </message>
        <message>
            <source>New case</source>
            <translation>新建案件</translation>
        </message>
        <message>
            <source>Print both labels</source>
            <translation>打印两份标签</translation>
        </message>
        <message>
            <source>Save both labels as PDF</source>
            <translation>两份标签存为 PDF</translation>
        </message>
        <message>
            <source>Choose another case</source>
            <translation>选择另一案件</translation>
        </message>
        <message>
            <source>Case before, next</source>
            <translation>上一个、下一个案件</translation>
        </message>
        <message>
            <source>Take this case</source>
            <translation>选用此案件</translation>
        </message>
        <message>
            <source>In the case field</source>
            <translation>在案件栏中</translation>
        </message>
        <message>
            <source>On the sheet</source>
            <translation>在标签纸上</translation>
        </message>
        <message>
            <source>On a small label</source>
            <translation>在小标签上</translation>
        </message>
        <message>
            <source>disc-labels-{number}.pdf</source>
            <translation>光盘标签-{number}.pdf</translation>
        </message>
        <message>
            <source>Print disc labels</source>
            <translation>打印光盘标签</translation>
        </message>
        <message>
            <source>Saved: {file}</source>
            <translation>已存为 {file}</translation>
        </message>
        <message>
            <source>The test page was sent to the printer at 100 %.</source>
            <translation>测试页已按 100 % 送去打印。</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>打开文件夹</translation>
        </message>
        <message>
            <source>Art. 16 asks for this; it is empty</source>
            <translation>第十六条要求此项，现在是空的</translation>
        </message>
        <message>
            <source>Number, name or party of the case</source>
            <translation>案号、名称、当事人</translation>
        </message>
        <message>
            <source>{length} characters, about {fits} fit: please shorten it</source>
            <translation>有 {length} 个字，约放得下 {fits} 个，请缩短</translation>
        </message>
        <message>
            <source>On the labels</source>
            <translation>标签内容</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>案件</translation>
        </message>
        <message>
            <source>Create this case</source>
            <translation>新建此案件</translation>
        </message>
        <message>
            <source>Change case…</source>
            <translation>修改案件…</translation>
        </message>
        <message>
            <source>Offset to the right in mm</source>
            <translation>向右偏移（mm）</translation>
        </message>
        <message>
            <source>X </source>
            <translation>横 </translation>
        </message>
        <message>
            <source>Offset downwards in mm</source>
            <translation>向下偏移（mm）</translation>
        </message>
        <message>
            <source>Y </source>
            <translation>纵 </translation>
        </message>
        <message>
            <source>Print offset</source>
            <translation>打印偏移</translation>
        </message>
        <message>
            <source>given</source>
            <translation>已编号</translation>
        </message>
        <message>
            <source>next number</source>
            <translation>自动续号</translation>
        </message>
        <message>
            <source>d MMM yyyy</source>
            <translation>yyyy年M月d日</translation>
        </message>
        <message>
            <source>There is no such case</source>
            <translation>没有这个案件</translation>
        </message>
        <message>
            <source>Positive is right and down. Last test page: {day}.</source>
            <translation>向右、向下为正。依据 {day} 的打印测试页</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>案件名称</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>案号</translation>
        </message>
        <message>
            <source>Unit</source>
            <translation>制作单位</translation>
        </message>
        <message>
            <source>Disc no.</source>
            <translation>标号</translation>
        </message>
        <message>
            <source>Maker</source>
            <translation>制作人</translation>
        </message>
        <message>
            <source>Made on</source>
            <translation>制作时间</translation>
        </message>
        <message>
            <source>Paper</source>
            <translation>纸张</translation>
        </message>
        <message>
            <source>Offset</source>
            <translation>打印偏移</translation>
        </message>
        <message>
            <source>Print test page…</source>
            <translation>打印测试页…</translation>
        </message>
        <message>
            <source>Positive is right and down. A test page shows the offset.</source>
            <translation>向右、向下为正。先打印测试页，量出偏移。</translation>
        </message>
        <message>
            <source>Two labels</source>
            <translation>两份标签</translation>
        </message>
        <message>
            <source>Preview of the label</source>
            <translation>标签预览</translation>
        </message>
        <message>
            <source>Calibrate…</source>
            <translation>校准…</translation>
        </message>
        <message>
            <source>True size</source>
            <translation>按原大</translation>
        </message>
        <message>
            <source>Show whole</source>
            <translation>显示整幅</translation>
        </message>
        <message>
            <source>About true size   {size}</source>
            <translation>约原大   {size}</translation>
        </message>
        <message>
            <source>Copy 1/2</source>
            <translation>正本 1/2</translation>
        </message>
        <message>
            <source>Copy 2/2</source>
            <translation>副本 2/2</translation>
        </message>
        <message>
            <source>{percent} %   {size}</source>
            <translation>{percent} %   {size}</translation>
        </message>
        <message>
            <source>True size 100 %   {size}</source>
            <translation>原大 100 %   {size}</translation>
        </message>
        <message>
            <source>Hold a ruler to the screen and measure the line from upright to upright.</source>
            <translation>用直尺贴着屏幕，量两条竖线之间的长度。</translation>
        </message>
        <message>
            <source>Line to measure</source>
            <translation>待量的线</translation>
        </message>
        <message>
            <source>True size on this screen</source>
            <translation>屏幕上的原大</translation>
        </message>
        <message>
            <source>Use this</source>
            <translation>采用</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Its length</source>
            <translation>长度</translation>
        </message>
        <message>
            <source>Disc verified</source>
            <translation>盘面核验相符</translation>
        </message>
        <message>
            <source>Disc not verified</source>
            <translation>盘面未核验</translation>
        </message>
        <message>
            <source>First position on the sheet: {number}</source>
            <translation>纸上第一格：{number}</translation>
        </message>
        <message>
            <source>Start at position {number}</source>
            <translation>从第 {number} 格开始</translation>
        </message>
        <message>
            <source>Adhesive label</source>
            <translation>不干胶标签</translation>
        </message>
        <message>
            <source>Archives stick nothing on a disc: it may come off and harm it. The sleeve is safer.</source>
            <translation>档案惯例不在盘面粘贴：胶会脱落、伤盘。用封套更稳妥。</translation>
        </message>
        <message>
            <source>No disc was verified yet: the labels say 未核验.</source>
            <translation>还没有盘面核验记录，标签上印“未核验”。</translation>
        </message>
        <message>
            <source>No footage is linked to this case yet.</source>
            <translation>本案还没有关联资料。</translation>
        </message>
        <message>
            <source>Go to library</source>
            <translation>去资料库关联</translation>
        </message>
        <message>
            <source>Print 2 labels…</source>
            <translation>打印 2 份标签…</translation>
        </message>
        <message>
            <source>Save as PDF…</source>
            <translation>存为 PDF…</translation>
        </message>
        <message>
            <source>Something does not fit; it is marked in red.</source>
            <translation>有放不下的内容，已用红色标出。</translation>
        </message>
        <message>
            <source>Art. 16 also asks for: {items}</source>
            <translation>第十六条还要求：{items}</translation>
        </message>
        <message>
            <source>All five items of Art. 16 are there: unit, maker, date, name, number</source>
            <translation>第十六条要求的 5 项都有：单位、制作人、时间、名称、标号</translation>
        </message>
        <message>
            <source>Takes two sheets.</source>
            <translation>用两张纸。</translation>
        </message>
        <message>
            <source>Cut along the dashes; goes into the case, not on the disc.</source>
            <translation>沿虚线裁下，装入封套，盘面不粘贴。</translation>
        </message>
        <message>
            <source>Click a position to start there.</source>
            <translation>点一格，从该格开始。</translation>
        </message>
        <message>
            <source>Starts at position {number}.</source>
            <translation>从第 {number} 格开始。</translation>
        </message>
        <message>
            <source>, </source>
            <translation>、</translation>
        </message>
        <message>
            <source>Sleeve 125×125 mm</source>
            <translation>封套 125×125 mm</translation>
        </message>
        <message>
            <source>Case front 120×120 mm</source>
            <translation>盘盒封面 120×120 mm</translation>
        </message>
        <message>
            <source>Ring label ⌀117/41</source>
            <translation>不干胶圆贴 ⌀117/41</translation>
        </message>
        <message>
            <source>Ring label ⌀117/17</source>
            <translation>不干胶圆贴 ⌀117/17</translation>
        </message>
    </context>
</TS>
