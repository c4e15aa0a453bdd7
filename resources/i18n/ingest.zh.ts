<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_GB">
    <context>
        <name>ingest</name>
        <message>
            <source>Collect</source>
            <translation>采集</translation>
        </message>
        <message>
            <source>Start by itself when a recorder's card is put in</source>
            <translation>插卡后自动开始</translation>
        </message>
        <message>
            <source>Start all</source>
            <translation>全部开始</translation>
        </message>
        <message numerus="yes">
            <source>%n card(s)</source>
            <translation>
                <numerusform>%n 张卡</numerusform>
            </translation>
        </message>
        <message>
            <source>Choose a folder to collect</source>
            <translation>选择文件夹来采集</translation>
        </message>
        <message>
            <source>Start collecting all cards</source>
            <translation>全部开始采集</translation>
        </message>
        <message>
            <source>Export the list of the card</source>
            <translation>导出采集清单</translation>
        </message>
        <message>
            <source>From the list back to the cards</source>
            <translation>从清单回到各卡</translation>
        </message>
        <message>
            <source>Next card or button</source>
            <translation>下一张卡或按钮</translation>
        </message>
        <message>
            <source>Its first button</source>
            <translation>按卡上第一个按钮</translation>
        </message>
        <message>
            <source>On a card</source>
            <translation>在卡上</translation>
        </message>
        <message>
            <source>Collect a folder…</source>
            <translation>采集文件夹…</translation>
        </message>
        <message>
            <source>Collect files…</source>
            <translation>采集文件…</translation>
        </message>
        <message>
            <source>{card} was taken out: {count} {words}</source>
            <translation>{card} 已取出：{count} {words}</translation>
        </message>
        <message>
            <source>Save report…</source>
            <translation>保存采集报告…</translation>
        </message>
        <message>
            <source>Nobody of that name or number. Choose from the list, or leave it empty.</source>
            <translation>没有这个人。请从列表中选择，或留空</translation>
        </message>
        <message>
            <source>Start collecting</source>
            <translation>开始采集</translation>
        </message>
        <message>
            <source>Compare contents</source>
            <translation>比对内容</translation>
        </message>
        <message>
            <source>Read the card again</source>
            <translation>重新读卡</translation>
        </message>
        <message>
            <source>Read all of it</source>
            <translation>全部读取</translation>
        </message>
        <message>
            <source>Choose a folder of it…</source>
            <translation>选择其中的文件夹…</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>详情</translation>
        </message>
        <message>
            <source>Show list</source>
            <translation>查看清单</translation>
        </message>
        <message>
            <source>Put away</source>
            <translation>知道了</translation>
        </message>
        <message>
            <source>More</source>
            <translation>更多</translation>
        </message>
        <message>
            <source>To collect</source>
            <translation>未采集</translation>
        </message>
        <message>
            <source>Paused at {done} / {total}</source>
            <translation>已暂停 {done} / {total}</translation>
        </message>
        <message>
            <source>Collecting {done} / {total}</source>
            <translation>正在采集 {done} / {total}</translation>
        </message>
        <message numerus="yes">
            <source>Retry %n file(s)</source>
            <translation>
                <numerusform>重试 %n 个文件</numerusform>
            </translation>
        </message>
        <message>
            <source>Collect again</source>
            <translation>再次采集</translation>
        </message>
        <message>
            <source>Go on collecting</source>
            <translation>继续采集</translation>
        </message>
        <message>
            <source>Progress of collecting</source>
            <translation>采集进度</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>已暂停</translation>
        </message>
        <message>
            <source>Collecting</source>
            <translation>采集中</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>读卡中</translation>
        </message>
        <message>
            <source>Trouble</source>
            <translation>有问题</translation>
        </message>
        <message>
            <source>Nothing new</source>
            <translation>无新文件</translation>
        </message>
        <message>
            <source>Compare contents while collecting</source>
            <translation>采集时比对内容</translation>
        </message>
        <message>
            <source>Take off this page</source>
            <translation>从本页移去</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>已停止</translation>
        </message>
        <message>
            <source>Verified</source>
            <translation>已核验</translation>
        </message>
        <message>
            <source>Waiting…</source>
            <translation>正在等待…</translation>
        </message>
        <message>
            <source>Preparing…</source>
            <translation>正在准备…</translation>
        </message>
        <message>
            <source>Reading the card…</source>
            <translation>正在读卡…</translation>
        </message>
        <message>
            <source>Choose a folder or disk to collect</source>
            <translation>选择要采集的文件夹或磁盘</translation>
        </message>
        <message>
            <source>Choose files to collect</source>
            <translation>选择要采集的文件</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n 个文件</numerusform>
            </translation>
        </message>
        <message>
            <source>{card} {day} collecting list.xlsx</source>
            <translation>{card} 采集清单 {day}.xlsx</translation>
        </message>
        <message>
            <source>The card was taken out</source>
            <translation>卡已被拔出</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) left out</source>
            <translation>
                <numerusform>%n 个文件未选</numerusform>
            </translation>
        </message>
        <message>
            <source>The card was taken out while it was collected</source>
            <translation>采集时卡被拔出</translation>
        </message>
        <message>
            <source>Say why in the list before collecting</source>
            <translation>开始前请在清单中写明原因</translation>
        </message>
        <message>
            <source>Everything on it was collected before</source>
            <translation>卡上的文件以前都已采集</translation>
        </message>
        <message>
            <source>To empty this card, compare its contents with the vault first.</source>
            <translation>要清空此卡，请先与证据库比对内容</translation>
        </message>
        <message>
            <source>A disk with very many files: it was not looked through</source>
            <translation>文件非常多，没有逐个查看</translation>
        </message>
        <message>
            <source>Choose the folder to collect, or read all of it; that may take long.</source>
            <translation>请选择要采集的文件夹；也可以全部读取，时间较长</translation>
        </message>
        <message>
            <source>Interrupted before: it goes on with number {next}</source>
            <translation>上次采集中断，将从第 {next} 个继续</translation>
        </message>
        <message numerus="yes">
            <source>%n folder(s) can't be read</source>
            <translation>
                <numerusform>%n 个文件夹读不出</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) changed since they were collected</source>
            <translation>
                <numerusform>%n 个文件与以前采集的同名文件不同，将另存一份</numerusform>
            </translation>
        </message>
        <message>
            <source>Put it in again: it goes on with number {next}.</source>
            <translation>请再次插入此卡，将从第 {next} 个继续；已采集的都已核验</translation>
        </message>
        <message>
            <source>Everything in it was collected before</source>
            <translation>里面的文件以前都已采集</translation>
        </message>
        <message>
            <source>{file}: reading, storing, reading back</source>
            <translation>{file} 读取、存入、回读核验</translation>
        </message>
        <message>
            <source>Handed in by: name or enforcement ID (optional)</source>
            <translation>交出人：姓名或执法证号（可不填）</translation>
        </message>
        <message>
            <source>Kind: all</source>
            <translation>类型：全部</translation>
        </message>
        <message>
            <source>Folder: all</source>
            <translation>目录：全部</translation>
        </message>
        <message>
            <source>Back to the cards</source>
            <translation>回到各卡</translation>
        </message>
        <message>
            <source>Export list</source>
            <translation>导出清单</translation>
        </message>
        <message>
            <source>Columns, copy, export</source>
            <translation>列、复制、导出</translation>
        </message>
        <message>
            <source>In the list of files</source>
            <translation>在文件清单中</translation>
        </message>
        <message>
            <source>All</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>New</source>
            <translation>新文件</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>有变化</translation>
        </message>
        <message>
            <source>Collected</source>
            <translation>已采集</translation>
        </message>
        <message>
            <source>Skipped</source>
            <translation>跳过</translation>
        </message>
        <message>
            <source>{card}: list of files</source>
            <translation>{card} 采集清单</translation>
        </message>
        <message>
            <source>Reading lengths…</source>
            <translation>正在读取时长…</translation>
        </message>
        <message>
            <source>Kind: {kind}</source>
            <translation>类型：{kind}</translation>
        </message>
        <message>
            <source>Folder: {folder}</source>
            <translation>目录：{folder}</translation>
        </message>
        <message>
            <source>Collect now</source>
            <translation>本次采集</translation>
        </message>
        <message>
            <source>Store in</source>
            <translation>存到</translation>
        </message>
        <message>
            <source>Reads what was collected before on card and vault: takes longer, proves it is the same.</source>
            <translation>把以前采集过的文件在卡上和证据库里都读一遍：时间较长，能证明内容一致</translation>
        </message>
        <message numerus="yes">
            <source>Why are %n file(s) left out?</source>
            <translation>
                <numerusform>为什么不采集这 %n 个文件？</numerusform>
            </translation>
        </message>
        <message>
            <source>Reason for leaving files out</source>
            <translation>不采集的原因</translation>
        </message>
        <message numerus="yes">
            <source>Start: %n file(s)</source>
            <translation>
                <numerusform>开始采集 %n 个文件</numerusform>
            </translation>
        </message>
        <message>
            <source>This card is being collected now.</source>
            <translation>此卡正在采集</translation>
        </message>
        <message>
            <source>enough room</source>
            <translation>空间足够</translation>
        </message>
        <message>
            <source>not enough room</source>
            <translation>空间不足</translation>
        </message>
        <message>
            <source>New files</source>
            <translation>新文件</translation>
        </message>
        <message>
            <source>Changed (stored beside the earlier)</source>
            <translation>有变化（另存一份）</translation>
        </message>
        <message>
            <source>Left out</source>
            <translation>未选</translation>
        </message>
        <message>
            <source>Not about the case: switched on by mistake</source>
            <translation>与执法无关：误触开机</translation>
        </message>
        <message>
            <source>Not about the case: private files</source>
            <translation>与执法无关：私人文件</translation>
        </message>
        <message>
            <source>Already handed in otherwise</source>
            <translation>已另行交接</translation>
        </message>
        <message>
            <source>Reason, once for all</source>
            <translation>原因，填一次即可</translation>
        </message>
        <message>
            <source>Say why files are left out, then collecting can start.</source>
            <translation>请写明不采集的原因，然后才能开始</translation>
        </message>
        <message>
            <source>{size} free</source>
            <translation>可用 {size}</translation>
        </message>
        <message>
            <source>this time {size}</source>
            <translation>本次 {size}</translation>
        </message>
        <message numerus="yes">
            <source>file(s), {size}</source>
            <translation>
                <numerusform>个文件，{size}</numerusform>
            </translation>
        </message>
        <message>
            <source>Whoever handed it in is not in the list. Put that right on the card.</source>
            <translation>交出人不在名单里，请在卡上改正</translation>
        </message>
        <message>
            <source>Nothing is ticked.</source>
            <translation>没有选中任何文件</translation>
        </message>
        <message>
            <source>Leave out what is selected, or take it again; on a day all its files</source>
            <translation>不采集或重新勾选所选文件；在日期上为当天全部文件</translation>
        </message>
        <message>
            <source>File name</source>
            <translation>文件名</translation>
        </message>
        <message>
            <source>Recorded</source>
            <translation>录制时间</translation>
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
            <source>State</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>Remark</source>
            <translation>说明</translation>
        </message>
        <message>
            <source>No time known</source>
            <translation>没有时间</translation>
        </message>
        <message>
            <source>·</source>
            <translation>·</translation>
        </message>
        <message>
            <source>Files of the card</source>
            <translation>卡上的文件</translation>
        </message>
        <message>
            <source>Save the report</source>
            <translation>保存报告</translation>
        </message>
        <message>
            <source>{card} {time} collecting report.pdf</source>
            <translation>{card} {time} 采集核验报告.pdf</translation>
        </message>
        <message>
            <source>, </source>
            <translation>、</translation>
        </message>
        <message>
            <source>The report is saved: {where}</source>
            <translation>报告已保存：{where}</translation>
        </message>
        <message>
            <source>No program here opens PDF files. The report is at {where}.</source>
            <translation>本机没有能打开 PDF 的程序。报告在 {where}</translation>
        </message>
        <message>
            <source>Report</source>
            <translation>采集报告</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>结果</translation>
        </message>
        <message>
            <source>Stage</source>
            <translation>环节</translation>
        </message>
        <message>
            <source>What was found</source>
            <translation>原因</translation>
        </message>
        <message>
            <source>Next step</source>
            <translation>下一步</translation>
        </message>
        <message>
            <source>{vault}: {state}</source>
            <translation>{vault}：{state}</translation>
        </message>
        <message>
            <source>; </source>
            <translation>；</translation>
        </message>
        <message>
            <source>Files and what became of them</source>
            <translation>各文件的结果</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>{card}: result</source>
            <translation>{card} 采集结果</translation>
        </message>
        <message>
            <source>Choose folder…</source>
            <translation>选择文件夹…</translation>
        </message>
        <message>
            <source>Choose files…</source>
            <translation>选择文件…</translation>
        </message>
        <message>
            <source>Put in a recorder or a memory card: it appears here by itself</source>
            <translation>插入执法记录仪或存储卡，卡会自动出现在这里</translation>
        </message>
        <message>
            <source>Or drop a folder, a disk or files here: phones, surveillance disks, sticks of parties</source>
            <translation>也可以把文件夹、磁盘或文件拖到这里：手机、监控硬盘、当事人交来的 U 盘</translation>
        </message>
        <message>
            <source>Drop a folder, a disk or files here</source>
            <translation>把文件夹、磁盘或文件拖到这里</translation>
        </message>
        <message>
            <source>Phones, surveillance disks, sticks handed in by parties</source>
            <translation>手机、监控硬盘、当事人交来的 U 盘</translation>
        </message>
        <message numerus="yes">
            <source>%n of them read now on card and vault: the same digest</source>
            <translation>
                <numerusform>其中 %n 个刚在卡上和证据库里读过，校验值一致</numerusform>
            </translation>
        </message>
        <message>
            <source>This card may not be emptied yet: {reason}</source>
            <translation>还不能清空此卡：{reason}</translation>
        </message>
        <message>
            <source>This folder may not be emptied yet: {reason}</source>
            <translation>还不能清空此文件夹：{reason}</translation>
        </message>
        <message>
            <source>Afterwards this card may not be emptied yet</source>
            <translation>采集后还不能清空此卡</translation>
        </message>
        <message>
            <source>Afterwards this folder may not be emptied yet</source>
            <translation>采集后还不能清空此文件夹</translation>
        </message>
        <message numerus="yes">
            <source>%n collected before</source>
            <translation>
                <numerusform>已采集过 %n 个</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) collected before were not compared this time</source>
            <translation>
                <numerusform>%n 个以前采集过的文件这次没有比对内容</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) without a verified copy: {vault}</source>
            <translation>
                <numerusform>%n 个文件在{vault}没有核验过的副本</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) can't be read</source>
            <translation>
                <numerusform>%n 个文件读不出</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) are gone</source>
            <translation>
                <numerusform>%n 个文件已不在卡上</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) changed while they were read</source>
            <translation>
                <numerusform>%n 个文件读取时有变化</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) were not stored</source>
            <translation>
                <numerusform>%n 个文件没有存入</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) were not collected: stopped</source>
            <translation>
                <numerusform>%n 个文件没有采集：已停止</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) were left out</source>
            <translation>
                <numerusform>%n 个文件未选</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n link(s) or special file(s) were not collected</source>
            <translation>
                <numerusform>%n 个链接或特殊文件没有采集</numerusform>
            </translation>
        </message>
        <message>
            <source>only some files were chosen, the rest was not looked at</source>
            <translation>只选了部分文件，其余的没有看</translation>
        </message>
        <message>
            <source>the card changed since it was read</source>
            <translation>读卡以后卡上的内容有变化</translation>
        </message>
        <message>
            <source>there is nothing on the card</source>
            <translation>卡上没有文件</translation>
        </message>
        <message>
            <source>collecting ended early</source>
            <translation>采集提前结束</translation>
        </message>
        <message numerus="yes">
            <source>Each of the %n file(s) on it was read now and has a verified copy in every vault</source>
            <translation>
                <numerusform>卡上 %n 个文件刚才都读过，各证据库的副本核验一致</numerusform>
            </translation>
        </message>
        <message>
            <source>Afterwards this card may be emptied</source>
            <translation>采集后可以清空此卡</translation>
        </message>
        <message>
            <source>Afterwards this folder may be emptied</source>
            <translation>采集后可以清空此文件夹</translation>
        </message>
        <message>
            <source>then avdesk ended</source>
            <translation>随后程序中断</translation>
        </message>
        <message>
            <source>{when}, {card}: {collected} files were collected, {why}. Put this card in again to go on.</source>
            <translation>{when}，{card}：已采集 {collected} 个文件，{why}。请再次插入此卡，接着采集。</translation>
        </message>
        <message>
            <source>{when}, {card}: {collected} of {files} files were collected, {why}. Put this card in again; it goes on with number {next}.</source>
            <translation>{when}，{card}：{files} 个文件中已采集 {collected} 个，{why}。请再次插入此卡，从第 {next} 个继续。</translation>
        </message>
        <message numerus="yes">
            <source>file(s) collected before</source>
            <translation>
                <numerusform>个文件以前已采集</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>file(s) collected and verified</source>
            <translation>
                <numerusform>个文件已采集并核验</numerusform>
            </translation>
        </message>
        <message>
            <source>Copies: {parts}; digests agree</source>
            <translation>副本{parts}，校验值一致</translation>
        </message>
        <message>
            <source>This card may be emptied</source>
            <translation>可以清空此卡</translation>
        </message>
        <message>
            <source>This folder may be emptied</source>
            <translation>可以清空此文件夹</translation>
        </message>
        <message>
            <source>when every copy agrees in its digest</source>
            <translation>前提是每个副本都核验一致</translation>
        </message>
        <message>
            <source>Copies {how}, digests agree</source>
            <translation>副本{how}，校验值一致</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) collected before are not compared</source>
            <translation>
                <numerusform>%n 个以前采集过的文件不比对内容</numerusform>
            </translation>
        </message>
        <message>
            <source>then the card was taken out</source>
            <translation>随后卡被拔出</translation>
        </message>
        <message>
            <source>then the vault went away</source>
            <translation>随后证据库断开</translation>
        </message>
        <message>
            <source>then the catalogue failed</source>
            <translation>随后目录库出错</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) are left out</source>
            <translation>
                <numerusform>%n 个文件未选</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n {how}</source>
            <translation>
                <numerusform>%n 个{how}</numerusform>
            </translation>
        </message>
        <message>
            <source>Storage</source>
            <translation>存储卡、磁盘</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message numerus="yes">
            <source>%n chosen file(s)</source>
            <translation>
                <numerusform>选定的 %n 个文件</numerusform>
            </translation>
        </message>
        <message>
            <source>{person} (by the file names)</source>
            <translation>{person}（凭文件名）</translation>
        </message>
        <message>
            <source>Nothing on it says whose it is</source>
            <translation>不知道是谁的，可填写交出人</translation>
        </message>
        <message>
            <source>collected {time}, took {span}</source>
            <translation>{time} 采集完成，用时 {span}</translation>
        </message>
        <message>
            <source>This PC has no vault. Add one in the settings.</source>
            <translation>本机还没有证据库，请在设置中添加</translation>
        </message>
        <message>
            <source>The main vault is not connected. Connect its disk.</source>
            <translation>主证据库没有连接，请接上它的磁盘。</translation>
        </message>
        <message>
            <source>collected before with other content; stored again beside it</source>
            <translation>与以前采集的同名文件内容不同，另存一份</translation>
        </message>
        <message>
            <source>Handed in by {person}</source>
            <translation>交出人 {person}</translation>
        </message>
        <message>
            <source>broken off {time}, took {span}</source>
            <translation>{time} 中断，用时 {span}</translation>
        </message>
        <message numerus="yes">
            <source>%n file name(s)</source>
            <translation>
                <numerusform>%n 个文件名</numerusform>
            </translation>
        </message>
        <message>
            <source>Recorded {first} to {last}</source>
            <translation>录制于{first} 至 {last}</translation>
        </message>
        <message>
            <source>There are no files on it</source>
            <translation>里面没有文件</translation>
        </message>
        <message numerus="yes">
            <source>new file(s)</source>
            <translation>
                <numerusform>个新文件</numerusform>
            </translation>
        </message>
        <message>
            <source>: </source>
            <translation>，</translation>
        </message>
        <message>
            <source>User number {numbers} in the file names</source>
            <translation>文件名中的使用者编号 {numbers}</translation>
        </message>
        <message numerus="yes">
            <source>%n volume(s)</source>
            <translation>
                <numerusform>%n 个卷</numerusform>
            </translation>
        </message>
        <message>
            <source>told by {reasons}</source>
            <translation>凭 {reasons}</translation>
        </message>
        <message>
            <source>Recorded {day} {times}</source>
            <translation>录制于{day} {times}</translation>
        </message>
        <message>
            <source>The main vault is full: {needed} are needed, {free} are free.</source>
            <translation>主证据库空间不足：需要 {needed}，可用 {free}</translation>
        </message>
        <message>
            <source>ID {number}</source>
            <translation>执法证 {number}</translation>
        </message>
        <message>
            <source>No new files</source>
            <translation>没有新文件</translation>
        </message>
        <message>
            <source>port {port}</source>
            <translation>{port} 号口</translation>
        </message>
        <message>
            <source>Collect {card}</source>
            <translation>采集 {card}</translation>
        </message>
    </context>
</TS>
