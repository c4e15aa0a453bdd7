<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_GB">
    <context>
        <name>library</name>
        <message>
            <source>Library</source>
            <translation>资料库</translation>
        </message>
        <message>
            <source>Columns, copy, export</source>
            <translation>选择列、复制、导出</translation>
        </message>
        <message>
            <source>Show or hide the details (Ctrl+I)</source>
            <translation>显示或收起详情（Ctrl+I）</translation>
        </message>
        <message>
            <source>Nothing has been collected yet.</source>
            <translation>还没有采集任何资料</translation>
        </message>
        <message>
            <source>What is collected from a card appears here, by day, with its pictures.</source>
            <translation>从存储卡采集的视频、录音、照片按日期出现在这里。</translation>
        </message>
        <message>
            <source>No file fits these filters.</source>
            <translation>没有符合筛选条件的资料</translation>
        </message>
        <message numerus="yes">
            <source>%n new file(s)</source>
            <translation>
                <numerusform>%n 个新文件</numerusform>
            </translation>
        </message>
        <message>
            <source>Collect a card</source>
            <translation>去采集</translation>
        </message>
        <message>
            <source>Clear all filters</source>
            <translation>清除全部筛选</translation>
        </message>
        <message>
            <source>Filter by name or person</source>
            <translation>按名称或人员筛选</translation>
        </message>
        <message>
            <source>Choose all that is shown</source>
            <translation>选中列表中的全部</translation>
        </message>
        <message>
            <source>Link to a case</source>
            <translation>关联案件</translation>
        </message>
        <message>
            <source>Export list</source>
            <translation>导出清单</translation>
        </message>
        <message>
            <source>Copy out…</source>
            <translation>复制出库…</translation>
        </message>
        <message>
            <source>Show or hide the details</source>
            <translation>显示或收起详情</translation>
        </message>
        <message>
            <source>In the list</source>
            <translation>在列表中</translation>
        </message>
        <message>
            <source>Show what is linked to no case</source>
            <translation>查看未关联案件的资料</translation>
        </message>
        <message>
            <source>Show what is not verified</source>
            <translation>查看未核验的资料</translation>
        </message>
        <message>
            <source>{count}, {size}</source>
            <translation>{count}，{size}</translation>
        </message>
        <message>
            <source>List</source>
            <translation>列表</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>缩略图</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n 个</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n exported file(s)</source>
            <translation>
                <numerusform>%n 个文件</numerusform>
            </translation>
        </message>
        <message>
            <source>number {number} of {count} chosen</source>
            <translation>选中 {count} 个中的第 {number} 个</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) linked</source>
            <translation>
                <numerusform>%n 个文件</numerusform>
            </translation>
        </message>
        <message>
            <source>Only the newest {count} files were chosen: more can't be worked on at once.</source>
            <translation>只选中了最新的 {count} 个：一次不能处理更多。</translation>
        </message>
        <message numerus="yes">
            <source>%n were already</source>
            <translation>
                <numerusform>其中 %n 个先前已关联</numerusform>
            </translation>
        </message>
        <message>
            <source>{count} to {number}</source>
            <translation>已将 {count}关联到 {number}</translation>
        </message>
        <message>
            <source>Recordings {day}.xlsx</source>
            <translation>音像资料清单 {day}.xlsx</translation>
        </message>
        <message>
            <source>{told}; {already}</source>
            <translation>{told}；{already}</translation>
        </message>
        <message>
            <source>Play in turn</source>
            <translation>连续回放</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>回放</translation>
        </message>
        <message>
            <source>Choose none (Esc)</source>
            <translation>取消选择（Esc）</translation>
        </message>
        <message numerus="yes">
            <source>%n chosen</source>
            <translation>
                <numerusform>已选 %n 个</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of them not in this list</source>
            <translation>
                <numerusform>其中 %n 个不在当前列表</numerusform>
            </translation>
        </message>
        <message>
            <source>, </source>
            <translation>，</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) chosen</source>
            <translation>
                <numerusform>已选 %n 个文件</numerusform>
            </translation>
        </message>
        <message>
            <source>Case number, name or party</source>
            <translation>案号、案件名称或当事人</translation>
        </message>
        <message>
            <source>Cases that fit</source>
            <translation>符合的案件</translation>
        </message>
        <message>
            <source>Case name</source>
            <translation>案件名称</translation>
        </message>
        <message>
            <source>Name of the new case</source>
            <translation>新案件的名称</translation>
        </message>
        <message>
            <source>This is no usual form of a case number. It is kept as typed.</source>
            <translation>不是常见的案号格式，将按输入的原样登记。</translation>
        </message>
        <message>
            <source>No case fits.</source>
            <translation>没有符合的案件</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Open the case and link</source>
            <translation>新建案件并关联</translation>
        </message>
        <message>
            <source>Link to the case</source>
            <translation>关联到此案</translation>
        </message>
        <message>
            <source>A new case</source>
            <translation>新案件</translation>
        </message>
        <message>
            <source>Choose a case, or type the number of a new one.</source>
            <translation>从列表中选择案件；没有的，输入新案号即可新建。</translation>
        </message>
        <message>
            <source>No case has this number yet. It is kept as {number}.</source>
            <translation>还没有这个案号，将按 {number} 登记。</translation>
        </message>
        <message>
            <source>Link to a case…</source>
            <translation>关联案件…</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>详情</translation>
        </message>
        <message>
            <source>History</source>
            <translation>经过</translation>
        </message>
        <message>
            <source>Recorded</source>
            <translation>录制时间</translation>
        </message>
        <message>
            <source>Length, size</source>
            <translation>时长、大小</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>卡上目录</translation>
        </message>
        <message>
            <source>Copy the whole digest</source>
            <translation>复制完整摘要</translation>
        </message>
        <message>
            <source>Copies</source>
            <translation>副本</translation>
        </message>
        <message>
            <source>Vault of another PC</source>
            <translation>其他电脑的证据库</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>案件</translation>
        </message>
        <message>
            <source>{length}, {size}</source>
            <translation>{length}，{size}</translation>
        </message>
        <message>
            <source>Play (Enter)</source>
            <translation>回放 Enter</translation>
        </message>
        <message>
            <source>File's time</source>
            <translation>文件时间</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>画面</translation>
        </message>
        <message>
            <source>Recorder</source>
            <translation>设备</translation>
        </message>
        <message numerus="yes">
            <source>%n matching</source>
            <translation>
                <numerusform>%n 份相符</numerusform>
            </translation>
        </message>
        <message>
            <source>Not verified</source>
            <translation>未核验</translation>
        </message>
        <message>
            <source>Choose a file to see what is known of it.</source>
            <translation>选择一个文件，这里显示它的全部信息。</translation>
        </message>
        <message>
            <source>Not linked</source>
            <translation>未关联</translation>
        </message>
        <message>
            <source>{rate} frames/s</source>
            <translation>{rate} 帧/秒</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>日期</translation>
        </message>
        <message>
            <source>Name or person</source>
            <translation>名称、人员</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>类型</translation>
        </message>
        <message>
            <source>Clear all</source>
            <translation>全部清除</translation>
        </message>
        <message>
            <source>{first} – {last}</source>
            <translation>{first} – {last}</translation>
        </message>
        <message>
            <source>Part of the name, the folder, the person or the recorder</source>
            <translation>文件名、目录、移交人或设备的一部分</translation>
        </message>
        <message>
            <source>From</source>
            <translation>从</translation>
        </message>
        <message>
            <source>To</source>
            <translation>到</translation>
        </message>
        <message>
            <source>from {day}</source>
            <translation>{day} 起</translation>
        </message>
        <message>
            <source>up to {day}</source>
            <translation>至 {day}</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>今天</translation>
        </message>
        <message>
            <source>Yesterday</source>
            <translation>昨天</translation>
        </message>
        <message>
            <source>Last 7 days</source>
            <translation>最近 7 天</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>本月</translation>
        </message>
        <message>
            <source>Last month</source>
            <translation>上月</translation>
        </message>
        <message>
            <source>This year</source>
            <translation>今年</translation>
        </message>
        <message>
            <source>Show these days</source>
            <translation>显示这些天</translation>
        </message>
        <message>
            <source>“{text}”</source>
            <translation>“{text}”</translation>
        </message>
        <message>
            <source>Verified</source>
            <translation>已核验</translation>
        </message>
        <message>
            <source>File, recorder, person</source>
            <translation>文件、设备、人员</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>Verification</source>
            <translation>核验</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>时长</translation>
        </message>
        <message>
            <source>Handed in by</source>
            <translation>移交人</translation>
        </message>
        <message>
            <source>Path on the card</source>
            <translation>卡上路径</translation>
        </message>
        <message>
            <source>; </source>
            <translation>；</translation>
        </message>
        <message>
            <source>{count}, {size}, {loose} of them not linked</source>
            <translation>{count}，{size}，其中未关联 {loose}</translation>
        </message>
        <message>
            <source>chosen</source>
            <translation>已选</translation>
        </message>
        <message>
            <source>partly chosen</source>
            <translation>部分已选</translation>
        </message>
        <message>
            <source>Key file</source>
            <translation>重点</translation>
        </message>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n 件</numerusform>
            </translation>
        </message>
        <message>
            <source>{number} and {more}</source>
            <translation>{number} 等另 {more}</translation>
        </message>
        <message>
            <source>Verified and entered after an interruption</source>
            <translation>中断后核验并补登</translation>
        </message>
        <message>
            <source>Made here from another recording, and verified</source>
            <translation>由另一份录像在本机生成并核验</translation>
        </message>
        <message>
            <source>Clip made from {at} to {end}</source>
            <translation>截取片段 {at} 至 {end}</translation>
        </message>
        <message>
            <source>{officer} handed the card in, {person} received it</source>
            <translation>{officer} 交回，{person} 接收</translation>
        </message>
        <message>
            <source>The file is empty.</source>
            <translation>文件是空的</translation>
        </message>
        <message>
            <source>Reading the details inside took too long.</source>
            <translation>读取文件内部信息用时过长</translation>
        </message>
        <message>
            <source>The details inside can't be understood.</source>
            <translation>文件内部信息无法识别</translation>
        </message>
        <message>
            <source>Collected and verified</source>
            <translation>采集并核验</translation>
        </message>
        <message>
            <source>Entered again from the vault</source>
            <translation>依据证据库重新登记</translation>
        </message>
        <message>
            <source>Linked to {number}</source>
            <translation>关联到 {number}</translation>
        </message>
        <message>
            <source>Taken out of {number}: {reason}</source>
            <translation>从 {number} 移出：{reason}</translation>
        </message>
        <message>
            <source>Looked at</source>
            <translation>回放</translation>
        </message>
        <message>
            <source>Watched for {watched}</source>
            <translation>观看 {watched}</translation>
        </message>
        <message>
            <source>Snapshot made at {at}</source>
            <translation>在 {at} 处抓图</translation>
        </message>
        <message>
            <source>Frame {index} saved as {file}</source>
            <translation>第 {index} 帧存为 {file}</translation>
        </message>
        <message>
            <source>Copied out to {folder}: {reason}</source>
            <translation>复制出库至 {folder}：{reason}</translation>
        </message>
        <message>
            <source>Marker at {at}: {marker}</source>
            <translation>在 {at} 处标记：{marker}</translation>
        </message>
        <message>
            <source>Marker changed, now at {at}: {marker}</source>
            <translation>修改标记，现为 {at}：{marker}</translation>
        </message>
        <message>
            <source>Marker at {at} removed: {marker}</source>
            <translation>删除 {at} 处的标记：{marker}</translation>
        </message>
        <message>
            <source>A copy was found to be bad: {what}</source>
            <translation>查出{what}</translation>
        </message>
        <message numerus="yes">
            <source>%n times, last</source>
            <translation>
                <numerusform>%n 次，最后一次</numerusform>
            </translation>
        </message>
        <message>
            <source>Another act: {act}</source>
            <translation>其他操作：{act}</translation>
        </message>
        <message>
            <source>{count} {when}</source>
            <translation>{count} {when}</translation>
        </message>
        <message>
            <source>{when}, {person}</source>
            <translation>{when}，{person}</translation>
        </message>
        <message>
            <source>Recordings</source>
            <translation>资料</translation>
        </message>
        <message>
            <source>File or day before, next one</source>
            <translation>上一个、下一个文件或日期</translation>
        </message>
        <message>
            <source>Choose it, or no longer; on a day all its files</source>
            <translation>选中或取消；在日期上为当天全部文件</translation>
        </message>
        <message>
            <source>Choose the files on the way</source>
            <translation>连续选中多个</translation>
        </message>
        <message>
            <source>Choose none</source>
            <translation>全部取消选中</translation>
        </message>
        <message>
            <source>Copy it as text</source>
            <translation>复制为文本</translation>
        </message>
        <message>
            <source>Play it; of several chosen one after the other</source>
            <translation>回放；选中多个时连续回放</translation>
        </message>
    </context>
</TS>
