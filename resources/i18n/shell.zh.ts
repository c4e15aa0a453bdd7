<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_GB">
    <context>
        <name>cases</name>
        <message>
            <source>Cases</source>
            <translation>案件</translation>
        </message>
    </context>
    <context>
        <name>copying_out</name>
        <message numerus="yes">
            <source>Copy %n file(s) out of the vault? The originals stay there.</source>
            <translation>
                <numerusform>把 %n 个文件从证据库复制出来？原始文件仍留在证据库。</numerusform>
            </translation>
        </message>
        <message>
            <source>Where the files are copied to</source>
            <translation>复制到哪里</translation>
        </message>
        <message>
            <source>Copying files out</source>
            <translation>正在复制出库</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n 个文件</numerusform>
            </translation>
        </message>
        <message>
            <source>Copy out</source>
            <translation>复制出库</translation>
        </message>
        <message>
            <source>With the files of the same name beside it</source>
            <translation>连同旁边的同名文件</translation>
        </message>
        <message numerus="yes">
            <source>%n not copied</source>
            <translation>
                <numerusform>%n 个未复制</numerusform>
            </translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>打开文件夹</translation>
        </message>
        <message>
            <source>No program here opens folders. The files are in {folder}.</source>
            <translation>这台电脑没有打开文件夹的程序。文件在 {folder}。</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Choose folder…</source>
            <translation>选择文件夹…</translation>
        </message>
        <message>
            <source>Reason, kept in the custody of each file</source>
            <translation>原因（记入每个文件的经过）</translation>
        </message>
        <message>
            <source>{count} copied to {folder} and verified</source>
            <translation>已复制 {count}到 {folder} 并核验</translation>
        </message>
        <message>
            <source>{told}; {left}</source>
            <translation>{told}；{left}</translation>
        </message>
    </context>
    <context>
        <name>export</name>
        <message>
            <source>List of {count} written: {file}</source>
            <translation>已导出 {count}的清单：{file}</translation>
        </message>
        <message>
            <source>Export list</source>
            <translation>导出清单</translation>
        </message>
        <message>
            <source>Spreadsheet (*.xlsx)</source>
            <translation>电子表格 (*.xlsx)</translation>
        </message>
        <message>
            <source>Exporting the list</source>
            <translation>导出清单</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>No program here opens spreadsheets. The list is at {file}.</source>
            <translation>本机没有能打开电子表格的程序。清单在 {file}。</translation>
        </message>
    </context>
    <context>
        <name>fields</name>
        <message>
            <source>Unit</source>
            <translation>单位</translation>
        </message>
        <message>
            <source>Operator</source>
            <translation>操作人</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>姓名</translation>
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
            <source>Party</source>
            <translation>当事人</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>理由</translation>
        </message>
        <message>
            <source>Section</source>
            <translation>科室</translation>
        </message>
        <message>
            <source>Enforcement ID</source>
            <translation>执法证号</translation>
        </message>
        <message>
            <source>Maker</source>
            <translation>制作人</translation>
        </message>
        <message>
            <source>Date made</source>
            <translation>制作时间</translation>
        </message>
        <message>
            <source>Disc number</source>
            <translation>标号</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>类型</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>内容</translation>
        </message>
    </context>
    <context>
        <name>first-run</name>
        <message>
            <source>Everything stays on this PC. The program needs no network.</source>
            <translation>一切都在本机，程序不需要联网。</translation>
        </message>
        <message>
            <source>Originals are kept here. Best on a disk of its own, with much room.</source>
            <translation>原始资料存放在这里。最好单独用一块空间大的磁盘。</translation>
        </message>
        <message>
            <source>Place of the vault</source>
            <translation>证据库位置</translation>
        </message>
        <message>
            <source>e.g. the healthcare security bureau of a city</source>
            <translation>例如：某某市医疗保障局</translation>
        </message>
        <message>
            <source>your name</source>
            <translation>您的姓名</translation>
        </message>
        <message>
            <source>Set up and begin</source>
            <translation>建立并开始</translation>
        </message>
        <message>
            <source>Try it on a sample card first</source>
            <translation>先用样卡试一试</translation>
        </message>
        <message>
            <source>As it is printed on labels and reports</source>
            <translation>按标签和报告上印的全称填写</translation>
        </message>
        <message>
            <source>{free} of {total} free, {fstype}</source>
            <translation>{free} / {total} 可用，{fstype}</translation>
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
            <source>Set up this workstation</source>
            <translation>第一次使用：建立工作站</translation>
        </message>
        <message>
            <source>The workstation of the evidence custodian</source>
            <translation>音像证据保管工作站</translation>
        </message>
        <message>
            <source>Put in a card: what is new is collected, once.</source>
            <translation>插卡即见新文件，一键采集，不重不漏。</translation>
        </message>
        <message>
            <source>Every copy is read back from the medium and compared.</source>
            <translation>每份副本都从介质回读、逐一核验。</translation>
        </message>
        <message>
            <source>Files are linked to their case and found again.</source>
            <translation>资料关联案件，随时查得到。</translation>
        </message>
        <message>
            <source>Labels for discs are printed in true size.</source>
            <translation>光盘标签按原大打印。</translation>
        </message>
        <message>
            <source>Unit and operator</source>
            <translation>单位与操作人</translation>
        </message>
        <message>
            <source>Choose a folder…</source>
            <translation>选择文件夹…</translation>
        </message>
        <message>
            <source>Give the whole path, or choose the folder.</source>
            <translation>请填写完整路径，或点“选择文件夹”。</translation>
        </message>
        <message>
            <source>A vault lies here already; it is taken over. {room}</source>
            <translation>这里已有证据库，将接着使用。{room}</translation>
        </message>
        <message>
            <source>Good: a vault can be made here. {room}</source>
            <translation>可以在这里建立证据库。{room}</translation>
        </message>
    </context>
    <context>
        <name>formats</name>
        <message>
            <source>Mon</source>
            <translation>周一</translation>
        </message>
        <message>
            <source>Tue</source>
            <translation>周二</translation>
        </message>
        <message>
            <source>Wed</source>
            <translation>周三</translation>
        </message>
        <message>
            <source>Thu</source>
            <translation>周四</translation>
        </message>
        <message>
            <source>Fri</source>
            <translation>周五</translation>
        </message>
        <message>
            <source>Sat</source>
            <translation>周六</translation>
        </message>
        <message>
            <source>Sun</source>
            <translation>周日</translation>
        </message>
        <message>
            <source>Jan</source>
            <translation>1月</translation>
        </message>
        <message>
            <source>Feb</source>
            <translation>2月</translation>
        </message>
        <message>
            <source>Mar</source>
            <translation>3月</translation>
        </message>
        <message>
            <source>Apr</source>
            <translation>4月</translation>
        </message>
        <message>
            <source>May</source>
            <translation>5月</translation>
        </message>
        <message>
            <source>Jun</source>
            <translation>6月</translation>
        </message>
        <message>
            <source>Jul</source>
            <translation>7月</translation>
        </message>
        <message>
            <source>Aug</source>
            <translation>8月</translation>
        </message>
        <message>
            <source>Sep</source>
            <translation>9月</translation>
        </message>
        <message>
            <source>Oct</source>
            <translation>10月</translation>
        </message>
        <message>
            <source>Nov</source>
            <translation>11月</translation>
        </message>
        <message>
            <source>Dec</source>
            <translation>12月</translation>
        </message>
        <message>
            <source>under 1 s</source>
            <translation>不到 1 秒</translation>
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
            <source>{seconds} s</source>
            <translation>{seconds} 秒</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>剩 {time}</translation>
        </message>
        <message>
            <source>{day} {month}</source>
            <translation>{number}月{day}日</translation>
        </message>
        <message>
            <source>{weekday} {date}</source>
            <translation>{date} {weekday}</translation>
        </message>
        <message>
            <source>{day} {month} {year}</source>
            <translation>{year}年{number}月{day}日</translation>
        </message>
        <message>
            <source>{hours} h {minutes} min</source>
            <translation>{hours} 小时 {minutes} 分</translation>
        </message>
        <message>
            <source>{minutes} min {seconds} s</source>
            <translation>{minutes} 分 {seconds} 秒</translation>
        </message>
    </context>
    <context>
        <name>ingest</name>
        <message>
            <source>Collect</source>
            <translation>采集</translation>
        </message>
    </context>
    <context>
        <name>labels</name>
        <message>
            <source>Disc labels</source>
            <translation>光盘标签</translation>
        </message>
    </context>
    <context>
        <name>library</name>
        <message>
            <source>Library</source>
            <translation>资料库</translation>
        </message>
    </context>
    <context>
        <name>player</name>
        <message>
            <source>Player</source>
            <translation>回放</translation>
        </message>
    </context>
    <context>
        <name>reasons</name>
        <message>
            <source>its marker can't be read</source>
            <translation>标记文件读不出</translation>
        </message>
        <message>
            <source>the catalogue failed</source>
            <translation>目录出错</translation>
        </message>
        <message>
            <source>it changed since the list was made</source>
            <translation>列出清单后文件有变化</translation>
        </message>
        <message>
            <source>it changed while it was read</source>
            <translation>读取时文件在变化</translation>
        </message>
        <message>
            <source>its file is not in the vault</source>
            <translation>证据库中没有它的文件</translation>
        </message>
        <message>
            <source>the file is cut short</source>
            <translation>文件不完整</translation>
        </message>
        <message>
            <source>access is refused</source>
            <translation>没有访问权限</translation>
        </message>
        <message>
            <source>what was read back is not what was written</source>
            <translation>读回的内容与写入的不一致</translation>
        </message>
        <message>
            <source>it is too large for that disk</source>
            <translation>文件太大，该磁盘放不下</translation>
        </message>
        <message>
            <source>the disk does not take it, perhaps for its name</source>
            <translation>该磁盘不接受，可能是文件名不合要求</translation>
        </message>
        <message>
            <source>its name is too long</source>
            <translation>文件名太长</translation>
        </message>
        <message>
            <source>the disk reports an error</source>
            <translation>读写出错</translation>
        </message>
        <message>
            <source>the disk is full</source>
            <translation>磁盘已满</translation>
        </message>
        <message>
            <source>the disk is write-protected</source>
            <translation>磁盘写保护</translation>
        </message>
        <message>
            <source>the file is empty</source>
            <translation>文件为空</translation>
        </message>
        <message>
            <source>a link, no file</source>
            <translation>链接，不是文件</translation>
        </message>
        <message>
            <source>a device, no file</source>
            <translation>设备节点，不是文件</translation>
        </message>
        <message>
            <source>a pipe, no file</source>
            <translation>管道，不是文件</translation>
        </message>
        <message>
            <source>a socket, no file</source>
            <translation>套接字，不是文件</translation>
        </message>
        <message>
            <source>a file of the system, no recording</source>
            <translation>系统文件，不是音像资料</translation>
        </message>
        <message>
            <source>lies on another disk</source>
            <translation>在另一个磁盘上</translation>
        </message>
        <message>
            <source>its folder is not there</source>
            <translation>文件夹不存在</translation>
        </message>
        <message>
            <source>its marker is not there; perhaps its disk is not connected</source>
            <translation>没有标记文件，可能磁盘没有接上</translation>
        </message>
        <message>
            <source>this PC has no vault</source>
            <translation>本机没有证据库</translation>
        </message>
        <message>
            <source>no vault at hand has a good copy of it</source>
            <translation>可用的证据库中没有完好的副本</translation>
        </message>
        <message>
            <source>the copying ended before it</source>
            <translation>轮到它之前复制已停止</translation>
        </message>
        <message>
            <source>collecting ended before it</source>
            <translation>采集提前结束，没有轮到</translation>
        </message>
        <message>
            <source>another vault lies there</source>
            <translation>那里是另一个证据库</translation>
        </message>
        <message>
            <source>its content can't be understood</source>
            <translation>内容无法识别</translation>
        </message>
        <message>
            <source>reading its details took too long</source>
            <translation>读取信息超时</translation>
        </message>
        <message>
            <source>its content brought the decoder down</source>
            <translation>其内容使解码程序中止</translation>
        </message>
        <message>
            <source>there is no picture in it</source>
            <translation>其中没有画面</translation>
        </message>
        <message>
            <source>there is nothing at that time</source>
            <translation>该时间处没有内容</translation>
        </message>
        <message>
            <source>it is of a kind that only its maker's player knows</source>
            <translation>只有厂家的播放器能识别</translation>
        </message>
        <message>
            <source>it is too large</source>
            <translation>过大</translation>
        </message>
        <message>
            <source>it takes too long</source>
            <translation>用时过长</translation>
        </message>
        <message>
            <source>the card was taken out</source>
            <translation>卡被拔出</translation>
        </message>
        <message>
            <source>it is damaged inside</source>
            <translation>内部已损坏</translation>
        </message>
        <message>
            <source>somebody stopped it</source>
            <translation>已被人停止</translation>
        </message>
        <message>
            <source>its disk is no longer connected</source>
            <translation>磁盘已断开</translation>
        </message>
        <message>
            <source>it can't be reached</source>
            <translation>无法访问</translation>
        </message>
        <message>
            <source>the vault went away</source>
            <translation>证据库断开</translation>
        </message>
    </context>
    <context>
        <name>sentences</name>
        <message>
            <source>{name} fits more than one: {candidates}. Use the enforcement ID.</source>
            <translation>“{name}”不止一人：{candidates}。请用执法证号。</translation>
        </message>
        <message>
            <source>The list has changed. Open the page again.</source>
            <translation>列表已变化，请重新打开本页。</translation>
        </message>
        <message>
            <source>A list of {limit} rows is none.</source>
            <translation>列表不能是 {limit} 行。</translation>
        </message>
        <message>
            <source>The operator is not known here or the password is wrong.</source>
            <translation>没有此操作人，或口令不对。</translation>
        </message>
        <message>
            <source>{value} does not fit here. Allowed: {expected}.</source>
            <translation>“{value}”不合要求。可填：{expected}。</translation>
        </message>
        <message>
            <source>The end of the audit chain was removed from the catalogue. Nothing was changed; restore a backup.</source>
            <translation>审计链的末端已从目录中被删除。未作任何更改；请恢复备份。</translation>
        </message>
        <message>
            <source>The program's data file {file} is not well formed: {reason}. Install avdesk again.</source>
            <translation>程序数据文件 {file} 有误：{reason}。请重新安装 avdesk。</translation>
        </message>
        <message>
            <source>There is a case of that number already: {number} {title}.</source>
            <translation>已有此案号：{number} {title}。</translation>
        </message>
        <message>
            <source>There is no case {number}.</source>
            <translation>没有案件 {number}。</translation>
        </message>
        <message>
            <source>{field}: a character that can't be printed. Type it again.</source>
            <translation>{field}：含有不可见字符，请重新输入。</translation>
        </message>
        <message>
            <source>The copy {path} is not what was collected. Nothing was made from it; have the vault verified.</source>
            <translation>副本 {path} 与采集时不符，未用它生成任何文件。请核验证据库。</translation>
        </message>
        <message>
            <source>The catalogue {database} was written by a newer avdesk. Install that version.</source>
            <translation>目录 {database} 由更新版本的 avdesk 写成，请安装该版本。</translation>
        </message>
        <message>
            <source>The catalogue {database} can't be opened: {reason}. Check that it is reachable.</source>
            <translation>目录 {database} 打不开：{reason}。请检查能否访问。</translation>
        </message>
        <message>
            <source>{day} lies at the end of the calendar. Choose another day.</source>
            <translation>{day} 超出日历范围，请另选一天。</translation>
        </message>
        <message>
            <source>{field}: please fill this in.</source>
            <translation>{field}：请填写。</translation>
        </message>
        <message>
            <source>The enforcement ID {enforcement_id} belongs to {name}.</source>
            <translation>执法证号 {enforcement_id} 已属于 {name}。</translation>
        </message>
        <message>
            <source>{file} is not in the vault where it should be. Have the vault verified; perhaps it was moved or removed outside avdesk.</source>
            <translation>{file} 不在证据库中应在的位置。请核验证据库，可能在 avdesk 之外被移走或删除。</translation>
        </message>
        <message>
            <source>{file} can't be used: {reason}. Check the path, its rights and the free space.</source>
            <translation>{file} 不能使用：{reason}。请检查路径、权限和剩余空间。</translation>
        </message>
        <message>
            <source>{path} holds other things and is no vault. Choose an empty folder.</source>
            <translation>{path} 里有别的东西，不是证据库。请选一个空文件夹。</translation>
        </message>
        <message>
            <source>{source} is being collected by another avdesk. Wait until it has ended.</source>
            <translation>另一个 avdesk 正在采集 {source}，请等它结束。</translation>
        </message>
        <message>
            <source>This collecting is not in the catalogue.</source>
            <translation>目录中没有这次采集。</translation>
        </message>
        <message>
            <source>{item} is empty on the label. Art. 16 asks for it.</source>
            <translation>标签缺少{item}，第十六条要求填写。</translation>
        </message>
        <message>
            <source>Shifted by {dx} and {dy} mm the label leaves the page. Use a smaller shift.</source>
            <translation>偏移 {dx}、{dy} 毫米后标签超出纸面，请减小偏移。</translation>
        </message>
        <message>
            <source>This marker is not there any more.</source>
            <translation>这个标记已不存在。</translation>
        </message>
        <message>
            <source>The program {program} is not installed.</source>
            <translation>没有安装程序 {program}。</translation>
        </message>
        <message>
            <source>{path} is no folder.</source>
            <translation>{path} 不是文件夹。</translation>
        </message>
        <message>
            <source>The content of {file} can't be decoded: {reason}.</source>
            <translation>{file} 的内容无法解码：{reason}。</translation>
        </message>
        <message>
            <source>{path} is not empty. Choose an empty or new folder.</source>
            <translation>{path} 不是空的。请选空文件夹或新文件夹。</translation>
        </message>
        <message>
            <source>No font of the program has these characters: {characters}.</source>
            <translation>程序字体没有这些字：{characters}。</translation>
        </message>
        <message>
            <source>Of a photograph there is no clip.</source>
            <translation>照片不能截取片段。</translation>
        </message>
        <message>
            <source>There is no such frame: this recording has {frames}.</source>
            <translation>没有这一帧：本录像共 {frames} 帧。</translation>
        </message>
        <message>
            <source>{path} is a file. Choose a new or empty folder.</source>
            <translation>{path} 是文件。请选新文件夹或空文件夹。</translation>
        </message>
        <message>
            <source>You may not do this: it takes the right {right}.</source>
            <translation>您没有权限，需要权限：{right}。</translation>
        </message>
        <message>
            <source>This PC can't compute SM3.</source>
            <translation>本机不能计算 SM3。</translation>
        </message>
        <message>
            <source>The catalogue belongs to {known}, not to {unit}.</source>
            <translation>此目录属于 {known}，不属于 {unit}。</translation>
        </message>
        <message>
            <source>{file} is a place of evidence or of the catalogue. Save somewhere else.</source>
            <translation>{file} 是证据库或目录所在，请存到别处。</translation>
        </message>
        <message>
            <source>The path can't be written down: {paths}. Choose a plain name.</source>
            <translation>路径含无法记录的字符：{paths}。请换一个名称。</translation>
        </message>
        <message>
            <source>The disk's file system ({fstype}) takes no file over 4 GiB. NTFS, exFAT or ext4 is better.</source>
            <translation>此盘的文件系统（{fstype}）存不下 4 GiB 以上的文件，宜用 NTFS、exFAT 或 ext4。</translation>
        </message>
        <message>
            <source>{path} is memory, not a disk: everything is lost at shutdown.</source>
            <translation>{path} 是内存而不是磁盘，关机后全部丢失。</translation>
        </message>
        <message>
            <source>The folder lies on another computer. Collecting is slower, and stops when the network does.</source>
            <translation>文件夹在另一台计算机上：采集较慢，断网即停。</translation>
        </message>
        <message>
            <source>There is little space left on this disk.</source>
            <translation>此盘剩余空间很少。</translation>
        </message>
        <message>
            <source>Nothing may be written to {path}. Choose another folder.</source>
            <translation>{path} 不可写，请另选文件夹。</translation>
        </message>
        <message>
            <source>The folder lies on the system's own disk. A disk of its own for the vault is better.</source>
            <translation>文件夹在系统盘上，证据库宜单独用一块磁盘。</translation>
        </message>
        <message>
            <source>Practising is not possible while {variable} names the office's catalogue.</source>
            <translation>{variable} 指向正式目录时不能练习。</translation>
        </message>
        <message>
            <source>There is nobody active called {person}.</source>
            <translation>没有在职人员 {person}。</translation>
        </message>
        <message>
            <source>This file is no longer in the catalogue.</source>
            <translation>目录中已没有此文件。</translation>
        </message>
        <message>
            <source>Say why these files are left out.</source>
            <translation>请说明不采集这些文件的理由。</translation>
        </message>
        <message>
            <source>{source} and the vault {vault} lie in each other. Choose the card's own folder.</source>
            <translation>{source} 与证据库 {vault} 互相包含。请选卡本身的文件夹。</translation>
        </message>
        <message>
            <source>{path} can't be opened: {reason}. Put the card in again and wait for it to appear.</source>
            <translation>{path} 打不开：{reason}。请重新插卡，等它出现。</translation>
        </message>
        <message>
            <source>The card was taken out. Put it in again and collect again.</source>
            <translation>卡被拔出。请重新插入后再采集。</translation>
        </message>
        <message>
            <source>The span from {at} to {to} s ends before it begins.</source>
            <translation>时段 {at} 至 {to} 秒的结束早于开始。</translation>
        </message>
        <message>
            <source>Somebody else changed this meanwhile; nothing was overwritten.</source>
            <translation>其间有人改过此项，没有覆盖任何内容。</translation>
        </message>
        <message>
            <source>The sheet has {positions} positions; {start} is none of them.</source>
            <translation>此纸有 {positions} 格，没有第 {start} 格。</translation>
        </message>
        <message>
            <source>{at} s is no time of this recording: it goes from 0 to {end} s.</source>
            <translation>{at} 秒不在录像之内：其时间为 0 至 {end} 秒。</translation>
        </message>
        <message>
            <source>{field}: longer than {limit} characters. Shorten it.</source>
            <translation>{field}：超过 {limit} 个字，请缩短。</translation>
        </message>
        <message>
            <source>There is no setting {key}.</source>
            <translation>没有设置项 {key}。</translation>
        </message>
        <message>
            <source>There is no label stock {name}.</source>
            <translation>没有标签纸 {name}。</translation>
        </message>
        <message>
            <source>This can't be done so: {message}</source>
            <translation>不能这样做：{message}</translation>
        </message>
        <message>
            <source>The vault {path} is full. Free space first; nothing half was kept.</source>
            <translation>证据库 {path} 已满。请先腾出空间，没有留下半个文件。</translation>
        </message>
        <message>
            <source>The vault {path} can't be used: {reason}. Connect its disk and try again.</source>
            <translation>证据库 {path} 不能使用：{reason}。请接上磁盘后再试。</translation>
        </message>
        <message>
            <source>There is no such vault on this PC.</source>
            <translation>本机没有此证据库。</translation>
        </message>
        <message>
            <source>{path} is set up already.</source>
            <translation>{path} 已建立过。</translation>
        </message>
        <message>
            <source>{path} holds recordings already.</source>
            <translation>{path} 已有音像资料。</translation>
        </message>
        <message>
            <source>{path} is not set up: {reason}.</source>
            <translation>{path} 还没有建立：{reason}。</translation>
        </message>
        <message>
            <source>The file could not be looked through: its content can't be understood.</source>
            <translation>分析中断：文件内容无法识别。</translation>
        </message>
        <message>
            <source>The file is longer than what is looked through.</source>
            <translation>文件过长，只分析了前面的部分。</translation>
        </message>
        <message>
            <source>Looking through the file took too long and was given up.</source>
            <translation>分析用时过长，已停止。</translation>
        </message>
        <message>
            <source>No picture of the file can be decoded.</source>
            <translation>文件中没有可以解码的画面。</translation>
        </message>
        <message>
            <source>The file needs its maker's player.</source>
            <translation>该文件需要厂家播放器。</translation>
        </message>
        <message>
            <source>Parts of the file are damaged: {packets}.</source>
            <translation>文件有 {packets} 处损坏。</translation>
        </message>
        <message>
            <source>The picture needs more memory than is allowed.</source>
            <translation>画面所需内存超过限制。</translation>
        </message>
        <message>
            <source>{path}: the bag can't be read.</source>
            <translation>{path}：证据包读不出。</translation>
        </message>
        <message>
            <source>{path}: a bag of another program.</source>
            <translation>{path}：别的程序做的证据包。</translation>
        </message>
        <message>
            <source>{path}: collecting was interrupted here.</source>
            <translation>{path}：采集曾在此中断。</translation>
        </message>
        <message>
            <source>The card changed since the list was made.</source>
            <translation>列出清单后卡上内容有变化。</translation>
        </message>
        <message>
            <source>The file changed while it was read.</source>
            <translation>读取时文件在变化。</translation>
        </message>
        <message>
            <source>{path}: its copy in the vault {vault} is not verified.</source>
            <translation>{path}：证据库 {vault} 中的副本未核验。</translation>
        </message>
        <message>
            <source>The file is cut short.</source>
            <translation>文件不完整。</translation>
        </message>
        <message>
            <source>The file is damaged inside.</source>
            <translation>文件内部有损坏。</translation>
        </message>
        <message>
            <source>{path}: the copy does not match its digest.</source>
            <translation>{path}：副本与校验值不符。</translation>
        </message>
        <message>
            <source>{path}: the file is not there.</source>
            <translation>{path}：文件不存在。</translation>
        </message>
        <message>
            <source>There is nothing on the card.</source>
            <translation>卡上没有文件。</translation>
        </message>
        <message>
            <source>{path}: its content was not compared now.</source>
            <translation>{path}：这次没有比对内容。</translation>
        </message>
        <message>
            <source>{path} was not copied out: {reason}.</source>
            <translation>{path} 未复制出库：{reason}。</translation>
        </message>
        <message>
            <source>{path} was not copied out: {folder} holds something of that name, which was left as it is.</source>
            <translation>{path} 未复制出库：{folder} 中已有同名项，未作改动。</translation>
        </message>
        <message>
            <source>{path} was not copied out: the folder {folder} is not there any more.</source>
            <translation>{path} 未复制出库：文件夹 {folder} 已不存在。</translation>
        </message>
        <message>
            <source>{path} was left out: {reason}</source>
            <translation>{path} 未选：{reason}</translation>
        </message>
        <message>
            <source>The content is not what the file's name says.</source>
            <translation>内容与扩展名不符。</translation>
        </message>
        <message>
            <source>The number {number} is of no known form. It is kept as typed.</source>
            <translation>案号 {number} 不是常见格式，已按输入保存。</translation>
        </message>
        <message>
            <source>Only some files of the card were chosen.</source>
            <translation>只选了卡上部分文件。</translation>
        </message>
        <message>
            <source>The details inside the file could not be read in time.</source>
            <translation>未能及时读出文件内的信息。</translation>
        </message>
        <message>
            <source>{path}: the recording it was made from is not in the vault.</source>
            <translation>{path}：生成它所用的录像不在证据库中。</translation>
        </message>
        <message>
            <source>Collecting ended early.</source>
            <translation>采集提前结束。</translation>
        </message>
        <message>
            <source>{path}: a file of the bag is not in its manifest.</source>
            <translation>{path}：证据包中有清单以外的文件。</translation>
        </message>
        <message>
            <source>There are too many files to look through.</source>
            <translation>文件太多，没有逐个查看。</translation>
        </message>
        <message>
            <source>{path}: nobody put this file into the vault.</source>
            <translation>{path}：此文件来历不明。</translation>
        </message>
        <message>
            <source>{path}: the file can't be read.</source>
            <translation>{path}：文件读不出。</translation>
        </message>
        <message>
            <source>{path}: the folder can't be read.</source>
            <translation>{path}：文件夹读不出。</translation>
        </message>
        <message>
            <source>Try another card reader and collect again.</source>
            <translation>请换读卡器后再采集。</translation>
        </message>
        <message>
            <source>Check the vault's disk and collect again.</source>
            <translation>请检查证据库磁盘后再采集。</translation>
        </message>
        <message>
            <source>Collect again.</source>
            <translation>请再采集一次。</translation>
        </message>
        <message>
            <source>Free space in the vault and collect again.</source>
            <translation>请在证据库腾出空间后再采集。</translation>
        </message>
        <message>
            <source>, </source>
            <translation>、</translation>
        </message>
    </context>
    <context>
        <name>settings</name>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
    </context>
    <context>
        <name>shell</name>
        <message>
            <source>Practice unit</source>
            <translation>练习单位</translation>
        </message>
        <message>
            <source>Practising person</source>
            <translation>练习人员</translation>
        </message>
        <message>
            <source>The practice window could not be started.</source>
            <translation>练习窗口打不开。</translation>
        </message>
        <message>
            <source>avdesk can't be opened</source>
            <translation>avdesk 打不开</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>详情</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>Folder:</source>
            <translation>文件夹：</translation>
        </message>
        <message>
            <source>File type:</source>
            <translation>文件类型：</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>等待中</translation>
        </message>
        <message>
            <source>paused</source>
            <translation>已暂停</translation>
        </message>
        <message>
            <source>done</source>
            <translation>已完成</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>未成功</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>已停止</translation>
        </message>
        <message>
            <source>at work</source>
            <translation>进行中</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>Number of files</source>
            <translation>文件数</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>速度</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>剩余时间</translation>
        </message>
        <message>
            <source>Cancel this work</source>
            <translation>取消此项工作</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <source>Change keys</source>
            <translation>更改按键</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>All as they come</source>
            <translation>全部恢复默认</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>“{act}” has no key.</source>
            <translation>“{act}”没有按键。</translation>
        </message>
        <message>
            <source>{key} is taken: “{act}”.</source>
            <translation>{key} 已被占用：“{act}”。</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>空格</translation>
        </message>
        <message>
            <source>All keys</source>
            <translation>全部按键</translation>
        </message>
        <message>
            <source>Change keys…</source>
            <translation>更改按键…</translation>
        </message>
        <message>
            <source>Fault in the program</source>
            <translation>程序出错</translation>
        </message>
        <message>
            <source>Picture analysis</source>
            <translation>画面分析</translation>
        </message>
        <message>
            <source>What is collected and verified stays. Stopping now leaves the rest on the card: put it in again later and collecting goes on where it stopped.</source>
            <translation>已采集并核验的文件都保留。现在停止，其余文件仍在卡上，以后再插入此卡，从停下处继续。</translation>
        </message>
        <message>
            <source>Its disk may be faulty or gone. What is verified is safe; the file at hand will be collected again.</source>
            <translation>磁盘可能有故障或已断开。已核验的文件是安全的，正在处理的文件下次重新采集。</translation>
        </message>
        <message>
            <source>Close avdesk</source>
            <translation>关闭 avdesk</translation>
        </message>
        <message>
            <source>Don't close</source>
            <translation>不关闭</translation>
        </message>
        <message>
            <source>Stopping at a safe place…</source>
            <translation>正在停到安全的位置…</translation>
        </message>
        <message>
            <source>Close without it</source>
            <translation>不等了，关闭</translation>
        </message>
        <message numerus="yes">
            <source>%n work(s) going on</source>
            <translation>
                <numerusform>正在进行 %n 项工作</numerusform>
            </translation>
        </message>
        <message>
            <source>Stop and close</source>
            <translation>停止并关闭</translation>
        </message>
        <message>
            <source>Close when it is done</source>
            <translation>做完后关闭</translation>
        </message>
        <message>
            <source>, </source>
            <translation>、</translation>
        </message>
        <message>
            <source>No answer for 30 seconds: {names}</source>
            <translation>30 秒没有应答：{names}</translation>
        </message>
        <message>
            <source>Close the message</source>
            <translation>关闭消息</translation>
        </message>
        <message>
            <source>Nothing here reaches the real vault. Close this window to end practising.</source>
            <translation>这里的一切都不进入正式证据库。关闭此窗口即结束练习。</translation>
        </message>
        <message>
            <source>Put the sample card in</source>
            <translation>插入样卡</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>练习</translation>
        </message>
        <message>
            <source>Case number, party, person, file name…</source>
            <translation>案号、当事人、人员、文件名…</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>查找</translation>
        </message>
        <message>
            <source>What was found</source>
            <translation>查找结果</translation>
        </message>
        <message>
            <source>Cases</source>
            <translation>案件</translation>
        </message>
        <message>
            <source>Markers</source>
            <translation>标记</translation>
        </message>
        <message>
            <source>All files with “{text}”</source>
            <translation>含“{text}”的全部文件</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>Pages and acts</source>
            <translation>页面与操作</translation>
        </message>
        <message numerus="yes">
            <source>%n waiting</source>
            <translation>
                <numerusform>%n 项等待</numerusform>
            </translation>
        </message>
        <message>
            <source>Unfold the side bar</source>
            <translation>展开侧栏</translation>
        </message>
        <message>
            <source>Fold the side bar</source>
            <translation>收起侧栏</translation>
        </message>
        <message>
            <source>No work is going on</source>
            <translation>没有正在进行的工作</translation>
        </message>
        <message numerus="yes">
            <source>and %n more</source>
            <translation>
                <numerusform>另有 %n 项</numerusform>
            </translation>
        </message>
        <message>
            <source>Cancel {work}</source>
            <translation>取消{work}</translation>
        </message>
        <message>
            <source>{done} / {total} files</source>
            <translation>{done} / {total} 个文件</translation>
        </message>
        <message>
            <source>Search (Ctrl+K)</source>
            <translation>查找（Ctrl+K）</translation>
        </message>
        <message>
            <source>All keys (?)</source>
            <translation>全部按键（?）</translation>
        </message>
        <message>
            <source>{vault} {space} free</source>
            <translation>{vault} {space} 可用</translation>
        </message>
        <message>
            <source>{vault} is away</source>
            <translation>{vault}未接上</translation>
        </message>
        <message>
            <source>The program has a fault. What is collected and verified is safe. Please copy this report and pass it on.</source>
            <translation>程序出错。已采集并核验的资料是安全的。请复制此报告交给维护人员。</translation>
        </message>
        <message>
            <source>avdesk — practice</source>
            <translation>avdesk — 练习</translation>
        </message>
        <message>
            <source>Everywhere</source>
            <translation>任何页面</translation>
        </message>
        <message>
            <source>Read the page anew</source>
            <translation>刷新本页</translation>
        </message>
        <message>
            <source>Fold or unfold the side bar</source>
            <translation>收起或展开侧栏</translation>
        </message>
    </context>
    <context>
        <name>stages</name>
        <message>
            <source>cutting the clip</source>
            <translation>正在截取片段</translation>
        </message>
        <message>
            <source>looking through picture and sound</source>
            <translation>正在分析画面和声音</translation>
        </message>
        <message>
            <source>collecting, and reading back</source>
            <translation>采集并回读核验</translation>
        </message>
        <message>
            <source>comparing contents</source>
            <translation>比对内容</translation>
        </message>
        <message>
            <source>copying out, and reading back</source>
            <translation>复制出库并读回</translation>
        </message>
        <message>
            <source>reading the details of files</source>
            <translation>读取文件信息</translation>
        </message>
        <message>
            <source>reading the bags of the vault</source>
            <translation>读取证据包</translation>
        </message>
        <message>
            <source>reading copies back and comparing</source>
            <translation>回读副本并比对</translation>
        </message>
    </context>
    <context>
        <name>table</name>
        <message>
            <source>Copy as text</source>
            <translation>复制为文本</translation>
        </message>
        <message>
            <source>Export list as xlsx…</source>
            <translation>导出清单（xlsx）…</translation>
        </message>
        <message>
            <source>Row before, next row</source>
            <translation>上一行、下一行</translation>
        </message>
        <message>
            <source>Copy the selected rows as text</source>
            <translation>把选中的行复制为文本</translation>
        </message>
        <message>
            <source>Select the rows on the way</source>
            <translation>连续选中多行</translation>
        </message>
        <message>
            <source>Select all rows that are shown</source>
            <translation>选中列出的全部行</translation>
        </message>
    </context>
    <context>
        <name>words</name>
        <message>
            <source>Video</source>
            <translation>视频</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>录音</translation>
        </message>
        <message>
            <source>Photo</source>
            <translation>照片</translation>
        </message>
        <message>
            <source>Attached</source>
            <translation>附属文件</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>其他</translation>
        </message>
        <message>
            <source>Verified</source>
            <translation>已核验</translation>
        </message>
        <message>
            <source>Collected before</source>
            <translation>已采集过</translation>
        </message>
        <message>
            <source>Unreadable</source>
            <translation>读不出</translation>
        </message>
        <message>
            <source>Gone</source>
            <translation>已不在</translation>
        </message>
        <message>
            <source>Changed while read</source>
            <translation>读取时变化</translation>
        </message>
        <message>
            <source>Not stored</source>
            <translation>未存入</translation>
        </message>
        <message>
            <source>Skipped</source>
            <translation>跳过</translation>
        </message>
        <message>
            <source>Left out</source>
            <translation>未选</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>已停止</translation>
        </message>
        <message>
            <source>opening</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>reading</source>
            <translation>读取</translation>
        </message>
        <message>
            <source>writing</source>
            <translation>写入</translation>
        </message>
        <message>
            <source>writing out</source>
            <translation>落盘</translation>
        </message>
        <message>
            <source>reading back</source>
            <translation>回读</translation>
        </message>
        <message>
            <source>comparing</source>
            <translation>比对</translation>
        </message>
        <message>
            <source>registering</source>
            <translation>登记</translation>
        </message>
        <message>
            <source>read back from the medium</source>
            <translation>从介质回读</translation>
        </message>
        <message>
            <source>read back after the memory was cleared</source>
            <translation>清缓存后回读</translation>
        </message>
        <message>
            <source>read back from memory</source>
            <translation>从内存回读</translation>
        </message>
        <message>
            <source>Matches</source>
            <translation>相符</translation>
        </message>
        <message>
            <source>Vault away</source>
            <translation>证据库未接上</translation>
        </message>
        <message>
            <source>Copy differs</source>
            <translation>副本不符</translation>
        </message>
        <message>
            <source>Copy missing</source>
            <translation>副本缺失</translation>
        </message>
        <message>
            <source>New</source>
            <translation>新文件</translation>
        </message>
        <message>
            <source>Collected</source>
            <translation>已采集</translation>
        </message>
        <message>
            <source>Different</source>
            <translation>有变化</translation>
        </message>
        <message>
            <source>same name, size and time</source>
            <translation>名称、大小、时间相同</translation>
        </message>
        <message>
            <source>same digest</source>
            <translation>校验值相同</translation>
        </message>
        <message>
            <source>Recorder</source>
            <translation>记录设备</translation>
        </message>
        <message>
            <source>Storage</source>
            <translation>存储设备</translation>
        </message>
        <message>
            <source>from the file's name</source>
            <translation>取自文件名</translation>
        </message>
        <message>
            <source>from the picture's EXIF</source>
            <translation>取自照片 EXIF</translation>
        </message>
        <message>
            <source>from inside the file</source>
            <translation>取自文件内部</translation>
        </message>
        <message>
            <source>from the file's date</source>
            <translation>取自文件时间</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>地点</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>Scene</source>
            <translation>现场</translation>
        </message>
        <message>
            <source>Participants</source>
            <translation>参与人员</translation>
        </message>
        <message>
            <source>Officers' conduct</source>
            <translation>执法人员行为</translation>
        </message>
        <message>
            <source>Party's conduct</source>
            <translation>当事人行为</translation>
        </message>
        <message>
            <source>Violation</source>
            <translation>违法行为</translation>
        </message>
        <message>
            <source>Key evidence</source>
            <translation>重要证据</translation>
        </message>
        <message>
            <source>Spoken statement</source>
            <translation>语音说明</translation>
        </message>
        <message>
            <source>Prior notice</source>
            <translation>事先告知</translation>
        </message>
        <message>
            <source>Something else</source>
            <translation>其他</translation>
        </message>
        <message>
            <source>Main vault</source>
            <translation>证据库</translation>
        </message>
        <message>
            <source>Second vault</source>
            <translation>第二证据库</translation>
        </message>
        <message>
            <source>Interrupted</source>
            <translation>中断</translation>
        </message>
        <message>
            <source>Collecting</source>
            <translation>采集中</translation>
        </message>
        <message>
            <source>Sealed</source>
            <translation>已封存</translation>
        </message>
        <message>
            <source>Black or covered</source>
            <translation>黑屏或遮挡</translation>
        </message>
        <message>
            <source>Picture stands still</source>
            <translation>画面静止</translation>
        </message>
        <message>
            <source>Blurred</source>
            <translation>画面模糊</translation>
        </message>
        <message>
            <source>Overexposed</source>
            <translation>过曝</translation>
        </message>
        <message>
            <source>Underexposed</source>
            <translation>过暗</translation>
        </message>
        <message>
            <source>Silent</source>
            <translation>无声</translation>
        </message>
        <message>
            <source>Sound clipped</source>
            <translation>声音削波</translation>
        </message>
        <message>
            <source>Analysed</source>
            <translation>已分析</translation>
        </message>
        <message>
            <source>Analysed as far as it goes</source>
            <translation>部分分析</translation>
        </message>
        <message>
            <source>Could not be analysed</source>
            <translation>无法分析</translation>
        </message>
        <message>
            <source>Nothing to analyse</source>
            <translation>无需分析</translation>
        </message>
    </context>
</TS>
