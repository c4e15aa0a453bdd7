<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_GB">
    <context>
        <name>cases</name>
        <message>
            <source>Cases</source>
            <translation>案件</translation>
        </message>
        <message>
            <source>Number, name or party</source>
            <translation>案号、名称、当事人</translation>
        </message>
        <message>
            <source>Columns, copy, export</source>
            <translation>列、复制、导出</translation>
        </message>
        <message>
            <source>Change the chosen case</source>
            <translation>修改选中的案件</translation>
        </message>
        <message>
            <source>Play the file</source>
            <translation>回放此文件</translation>
        </message>
        <message>
            <source>New case</source>
            <translation>新建案件</translation>
        </message>
        <message>
            <source>Find cases</source>
            <translation>查找案件</translation>
        </message>
        <message>
            <source>Export list</source>
            <translation>导出清单</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>Leave; what was typed is kept</source>
            <translation>退出，已填内容保留</translation>
        </message>
        <message>
            <source>In the list of cases</source>
            <translation>在案件列表中</translation>
        </message>
        <message>
            <source>In the footage of a case</source>
            <translation>在案件的资料中</translation>
        </message>
        <message>
            <source>In the form of a case</source>
            <translation>在填写案件时</translation>
        </message>
        <message numerus="yes">
            <source>%n case(s)</source>
            <translation>
                <numerusform>%n 件</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n 个文件</numerusform>
            </translation>
        </message>
        <message>
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>类型</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>时长</translation>
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
            <source>Take out of the case…</source>
            <translation>移出本案…</translation>
        </message>
        <message>
            <source>Show in library</source>
            <translation>在资料库中显示</translation>
        </message>
        <message>
            <source>Party</source>
            <translation>当事人</translation>
        </message>
        <message>
            <source>Disc number</source>
            <translation>标号</translation>
        </message>
        <message>
            <source>{when}, {person}</source>
            <translation>{when}，{person}</translation>
        </message>
        <message>
            <source>Opened</source>
            <translation>立档</translation>
        </message>
        <message>
            <source>Make labels</source>
            <translation>制作标签</translation>
        </message>
        <message>
            <source>{first} to {last}</source>
            <translation>{first} 至 {last}</translation>
        </message>
        <message>
            <source>Footage of the case</source>
            <translation>本案资料</translation>
        </message>
        <message>
            <source>Change case</source>
            <translation>修改案件</translation>
        </message>
        <message>
            <source>Footage</source>
            <translation>资料</translation>
        </message>
        <message>
            <source>No footage is linked yet</source>
            <translation>还没有关联资料</translation>
        </message>
        <message>
            <source>Recorded</source>
            <translation>录制起止</translation>
        </message>
        <message>
            <source>Not given yet</source>
            <translation>尚未编号</translation>
        </message>
        <message>
            <source>Labels made</source>
            <translation>标签制作</translation>
        </message>
        <message>
            <source>Go to library</source>
            <translation>去资料库关联</translation>
        </message>
        <message>
            <source>Verified</source>
            <translation>已核验</translation>
        </message>
        <message>
            <source>Not verified</source>
            <translation>未核验</translation>
        </message>
        <message>
            <source>Cases {day}.xlsx</source>
            <translation>案件清单 {day}.xlsx</translation>
        </message>
        <message>
            <source>e.g. 平石医保罚字〔2026〕7号</source>
            <translation>如 平石医保罚字〔2026〕7号</translation>
        </message>
        <message>
            <source>What the case is called</source>
            <translation>案件的名称</translation>
        </message>
        <message>
            <source>Person or unit; may stay empty</source>
            <translation>个人或单位，可以不填</translation>
        </message>
        <message>
            <source>Open that case</source>
            <translation>打开该案件</translation>
        </message>
        <message>
            <source>Create case</source>
            <translation>新建案件</translation>
        </message>
        <message>
            <source>Case number</source>
            <translation>案号</translation>
        </message>
        <message>
            <source>Case name</source>
            <translation>案件名称</translation>
        </message>
        <message>
            <source>Not saved last time</source>
            <translation>上次没有保存的内容</translation>
        </message>
        <message>
            <source>Forget it</source>
            <translation>不要了</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Please fill this in</source>
            <translation>请填写</translation>
        </message>
        <message>
            <source>Not a usual form of a case number; it can be used</source>
            <translation>不是常见的案号格式，可以使用</translation>
        </message>
        <message>
            <source>There is this case already: {title}</source>
            <translation>已有此案号的案件：{title}</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>案件</translation>
        </message>
        <message>
            <source>Missing</source>
            <translation>缺什么</translation>
        </message>
        <message>
            <source>No cases yet</source>
            <translation>还没有案件</translation>
        </message>
        <message>
            <source>A case gathers its footage, and its disc labels are made from it.</source>
            <translation>案件把有关资料归到一起，光盘标签由案件生成。</translation>
        </message>
        <message>
            <source>No case fits</source>
            <translation>没有符合的案件</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>现在的</translation>
        </message>
        <message>
            <source>Yours</source>
            <translation>您填的</translation>
        </message>
        <message>
            <source>Somebody else changed this case meanwhile; nothing was overwritten.</source>
            <translation>此案件已被他人修改，没有覆盖任何内容。</translation>
        </message>
        <message>
            <source>Save mine</source>
            <translation>保存我填的</translation>
        </message>
        <message>
            <source>Leave it as it is now</source>
            <translation>保留现在的</translation>
        </message>
        <message numerus="yes">
            <source>Take %n file(s) out of {number}? They stay in the vault.</source>
            <translation>
                <numerusform>把 %n 个文件移出 {number}？文件仍在证据库中。</numerusform>
            </translation>
        </message>
        <message>
            <source>Take out of the case</source>
            <translation>移出本案</translation>
        </message>
        <message>
            <source>Reason, kept in the history</source>
            <translation>理由（记入经过）</translation>
        </message>
        <message>
            <source>Take out</source>
            <translation>移出</translation>
        </message>
        <message>
            <source>No disc labels were made yet</source>
            <translation>还没有制作光盘标签</translation>
        </message>
        <message>
            <source>Case or footage changed after the labels were made</source>
            <translation>制作标签之后，案件或资料有变动</translation>
        </message>
        <message>
            <source>Choose recordings in the library and link them to this case.</source>
            <translation>在资料库中选择资料，关联到本案。</translation>
        </message>
        <message>
            <source>Art. 16 asks for two labelled discs.</source>
            <translation>第十六条要求制作两张有标签的光盘。</translation>
        </message>
        <message>
            <source>Make and print them again.</source>
            <translation>请重新制作并打印。</translation>
        </message>
        <message>
            <source>No footage</source>
            <translation>无资料</translation>
        </message>
        <message>
            <source>No labels</source>
            <translation>未做标签</translation>
        </message>
    </context>
</TS>
