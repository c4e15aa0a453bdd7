<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_GB">
    <context>
        <name>player</name>
        <message>
            <source>Player</source>
            <translation>回放</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>画面</translation>
        </message>
        <message>
            <source>Choose a recording in the library.</source>
            <translation>请在资料库中选择一段录像、录音或一张照片。</translation>
        </message>
        <message>
            <source>Opening…</source>
            <translation>正在打开…</translation>
        </message>
        <message>
            <source>The window is too narrow for the side with markers.</source>
            <translation>窗口太窄，放不下标记栏。</translation>
        </message>
        <message>
            <source>Open the library</source>
            <translation>打开资料库</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>重试</translation>
        </message>
        <message>
            <source>Sound recording</source>
            <translation>录音</translation>
        </message>
        <message>
            <source>Copy out…</source>
            <translation>复制出库…</translation>
        </message>
        <message>
            <source>Brightness and contrast (E)</source>
            <translation>亮度与对比度（E）</translation>
        </message>
        <message>
            <source>Snapshot of this frame (S)</source>
            <translation>抓取此帧（S）</translation>
        </message>
        <message>
            <source>Clip of what repeats (X)</source>
            <translation>截取循环段（X）</translation>
        </message>
        <message>
            <source>Marker here (1 to 9)</source>
            <translation>在此标记（1–9）</translation>
        </message>
        <message>
            <source>Turn (R)</source>
            <translation>旋转（R）</translation>
        </message>
        <message>
            <source>Leave full screen (Esc)</source>
            <translation>退出全屏（Esc）</translation>
        </message>
        <message>
            <source>Full screen (F)</source>
            <translation>全屏（F）</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>播放速度</translation>
        </message>
        <message>
            <source>Repeat a part: from here (A)</source>
            <translation>循环播放：从此处起（A）</translation>
        </message>
        <message>
            <source>Speed {speed}</source>
            <translation>速度 {speed}</translation>
        </message>
        <message>
            <source>Repeated from {a}: up to here (B)</source>
            <translation>循环自 {a} 起：到此处止（B）</translation>
        </message>
        <message>
            <source>Repeated from {a} to {b}: end it (Q)</source>
            <translation>正循环 {a} 至 {b}：取消（Q）</translation>
        </message>
        <message>
            <source>As recorded</source>
            <translation>恢复原样</translation>
        </message>
        <message>
            <source>Only the view: the file stays as it is.</source>
            <translation>只调显示，文件不变。</translation>
        </message>
        <message>
            <source>Brightness</source>
            <translation>亮度</translation>
        </message>
        <message>
            <source>Contrast</source>
            <translation>对比度</translation>
        </message>
        <message>
            <source>Back 10 s (Ctrl+←)</source>
            <translation>后退 10 秒（Ctrl+←）</translation>
        </message>
        <message>
            <source>Forward 10 s (Ctrl+→)</source>
            <translation>前进 10 秒（Ctrl+→）</translation>
        </message>
        <message>
            <source>Frame before (,)</source>
            <translation>上一帧（,）</translation>
        </message>
        <message>
            <source>Next frame (.)</source>
            <translation>下一帧（.）</translation>
        </message>
        <message>
            <source>Smaller (-)</source>
            <translation>缩小（-）</translation>
        </message>
        <message>
            <source>Larger (+)</source>
            <translation>放大（+）</translation>
        </message>
        <message>
            <source>Pause (Space)</source>
            <translation>暂停（空格）</translation>
        </message>
        <message>
            <source>Play (Space)</source>
            <translation>播放（空格）</translation>
        </message>
        <message>
            <source>Fit</source>
            <translation>适合窗口</translation>
        </message>
        <message>
            <source>The whole picture (0)</source>
            <translation>显示整张（0）</translation>
        </message>
        <message>
            <source>One pixel of the picture on one of the screen (Z)</source>
            <translation>照片一个像素对应屏幕一个像素（Z）</translation>
        </message>
        <message>
            <source>Time {time}</source>
            <translation>时间 {time}</translation>
        </message>
        <message>
            <source>Frame {number}, exact</source>
            <translation>第 {number} 帧，画面精确</translation>
        </message>
        <message>
            <source>Go to a time</source>
            <translation>转到时间</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>Go</source>
            <translation>转到</translation>
        </message>
        <message>
            <source>Hours:minutes:seconds, up to {end}.</source>
            <translation>时:分:秒，最长 {end}。</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>This is no time.</source>
            <translation>这不是时间。</translation>
        </message>
        <message>
            <source>This is beyond the end.</source>
            <translation>超过了录像末尾。</translation>
        </message>
        <message>
            <source>all keys</source>
            <translation>全部按键</translation>
        </message>
        <message>
            <source>play</source>
            <translation>播放</translation>
        </message>
        <message>
            <source>back, stop, on</source>
            <translation>倒放 停 快放</translation>
        </message>
        <message>
            <source>frame by frame</source>
            <translation>逐帧</translation>
        </message>
        <message>
            <source>5 s</source>
            <translation>5 秒</translation>
        </message>
        <message>
            <source>marker before, after</source>
            <translation>上/下标记</translation>
        </message>
        <message>
            <source>mark</source>
            <translation>标记</translation>
        </message>
        <message>
            <source>repeat</source>
            <translation>循环</translation>
        </message>
        <message>
            <source>snapshot</source>
            <translation>抓图</translation>
        </message>
        <message>
            <source>go to</source>
            <translation>转到</translation>
        </message>
        <message>
            <source>larger, smaller</source>
            <translation>放大、缩小</translation>
        </message>
        <message>
            <source>whole picture</source>
            <translation>整张</translation>
        </message>
        <message>
            <source>true size</source>
            <translation>原始大小</translation>
        </message>
        <message>
            <source>turn</source>
            <translation>旋转</translation>
        </message>
        <message>
            <source>full screen</source>
            <translation>全屏</translation>
        </message>
        <message>
            <source>Play, pause</source>
            <translation>播放、暂停</translation>
        </message>
        <message>
            <source>Play on; again: twice as fast</source>
            <translation>播放；再按加倍</translation>
        </message>
        <message>
            <source>Stand still, normal speed</source>
            <translation>暂停，恢复常速</translation>
        </message>
        <message>
            <source>Play backwards; again: twice as fast</source>
            <translation>倒放；再按加倍</translation>
        </message>
        <message>
            <source>Faster</source>
            <translation>加速</translation>
        </message>
        <message>
            <source>Slower</source>
            <translation>减速</translation>
        </message>
        <message>
            <source>Repeat a part: from here</source>
            <translation>循环：从此处起</translation>
        </message>
        <message>
            <source>Repeat a part: up to here</source>
            <translation>循环：到此处止</translation>
        </message>
        <message>
            <source>Repeat nothing any more</source>
            <translation>取消循环</translation>
        </message>
        <message>
            <source>Frame before</source>
            <translation>上一帧</translation>
        </message>
        <message>
            <source>Next frame</source>
            <translation>下一帧</translation>
        </message>
        <message>
            <source>Back 5 s</source>
            <translation>后退 5 秒</translation>
        </message>
        <message>
            <source>Forward 5 s</source>
            <translation>前进 5 秒</translation>
        </message>
        <message>
            <source>Back 10 s</source>
            <translation>后退 10 秒</translation>
        </message>
        <message>
            <source>Forward 10 s</source>
            <translation>前进 10 秒</translation>
        </message>
        <message>
            <source>Back 1 min</source>
            <translation>后退 1 分钟</translation>
        </message>
        <message>
            <source>Forward 1 min</source>
            <translation>前进 1 分钟</translation>
        </message>
        <message>
            <source>To the beginning</source>
            <translation>到开头</translation>
        </message>
        <message>
            <source>To the end</source>
            <translation>到结尾</translation>
        </message>
        <message>
            <source>The recording before, of several chosen</source>
            <translation>上一个（选中多个时）</translation>
        </message>
        <message>
            <source>The next recording, of several chosen</source>
            <translation>下一个（选中多个时）</translation>
        </message>
        <message>
            <source>Snapshot of this frame</source>
            <translation>抓取此帧</translation>
        </message>
        <message>
            <source>Clip of what repeats</source>
            <translation>截取循环段</translation>
        </message>
        <message>
            <source>Write the marker that was set or chosen last</source>
            <translation>为刚设或所选的标记写说明</translation>
        </message>
        <message>
            <source>Marker before</source>
            <translation>上一标记</translation>
        </message>
        <message>
            <source>Next marker</source>
            <translation>下一标记</translation>
        </message>
        <message>
            <source>Remove the chosen marker</source>
            <translation>删除所选标记</translation>
        </message>
        <message>
            <source>The side with markers: show, hide</source>
            <translation>显示或隐藏标记栏</translation>
        </message>
        <message>
            <source>Louder</source>
            <translation>调大音量</translation>
        </message>
        <message>
            <source>Softer</source>
            <translation>调小音量</translation>
        </message>
        <message>
            <source>Sound off, on</source>
            <translation>静音、恢复声音</translation>
        </message>
        <message>
            <source>Choose the channels that are heard</source>
            <translation>选择听哪个声道</translation>
        </message>
        <message>
            <source>Larger</source>
            <translation>放大</translation>
        </message>
        <message>
            <source>Smaller</source>
            <translation>缩小</translation>
        </message>
        <message>
            <source>Whole picture</source>
            <translation>整幅画面</translation>
        </message>
        <message>
            <source>True size</source>
            <translation>实际大小</translation>
        </message>
        <message>
            <source>Turn the view; the file stays as it is</source>
            <translation>旋转显示（不改动文件）</translation>
        </message>
        <message>
            <source>Brightness, contrast of the view</source>
            <translation>显示的亮度与对比度</translation>
        </message>
        <message>
            <source>Full screen, and back</source>
            <translation>全屏、退出全屏</translation>
        </message>
        <message>
            <source>Full screen on the other screen, and back</source>
            <translation>在另一屏幕全屏，及退出</translation>
        </message>
        <message>
            <source>Leave full screen; back to the library</source>
            <translation>退出全屏；返回资料库</translation>
        </message>
        <message>
            <source>Mark: {kind}</source>
            <translation>标记：{kind}</translation>
        </message>
        <message>
            <source>Gap of {span}</source>
            <translation>缺 {span}</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>音量</translation>
        </message>
        <message>
            <source>Sound on (M)</source>
            <translation>打开声音（M）</translation>
        </message>
        <message>
            <source>Mute (M)</source>
            <translation>静音（M）</translation>
        </message>
        <message>
            <source>No sound: install VLC (packages libvlc5 and vlc-plugin-base), then open again.</source>
            <translation>没有声音：请安装 VLC（软件包 libvlc5 与 vlc-plugin-base），再重新打开。</translation>
        </message>
        <message>
            <source>Both channels</source>
            <translation>两个声道</translation>
        </message>
        <message>
            <source>Left channel only</source>
            <translation>只听左声道</translation>
        </message>
        <message>
            <source>Right channel only</source>
            <translation>只听右声道</translation>
        </message>
        <message>
            <source>Channels changed over</source>
            <translation>左右声道对调</translation>
        </message>
        <message>
            <source>This PC has no loudspeaker. {act}</source>
            <translation>本机没有声音设备。{act}</translation>
        </message>
        <message>
            <source>Snapshot of frame {frame}, {size}, is in the vault.</source>
            <translation>第 {frame} 帧已抓图（{size}），存入证据库。</translation>
        </message>
        <message>
            <source>Clip {a} to {b} is in the vault, {how}.</source>
            <translation>已截取 {a} 至 {b}，存入证据库，{how}。</translation>
        </message>
        <message>
            <source>copied without re-encoding</source>
            <translation>未重新编码</translation>
        </message>
        <message>
            <source>encoded anew</source>
            <translation>已重新编码</translation>
        </message>
        <message>
            <source>Snapshot at {at}</source>
            <translation>抓图 {at}</translation>
        </message>
        <message>
            <source>First set where the clip begins (A) and ends (B).</source>
            <translation>请先设定截取的起点（A）与终点（B）。</translation>
        </message>
        <message>
            <source>Clip {a} to {b}</source>
            <translation>截取 {a} 至 {b}</translation>
        </message>
        <message>
            <source>Show it</source>
            <translation>查看</translation>
        </message>
        <message>
            <source>Somebody else changed this marker meanwhile. It says now: {words}. Save again to write yours over it.</source>
            <translation>其间有人改了此标记，现为：{words}。再按保存则以您的为准。</translation>
        </message>
        <message>
            <source>Marker</source>
            <translation>标记</translation>
        </message>
        <message>
            <source>empty: a moment</source>
            <translation>留空即为一点</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>From</source>
            <translation>起</translation>
        </message>
        <message>
            <source>To</source>
            <translation>止</translation>
        </message>
        <message>
            <source>By {person}</source>
            <translation>{person} 所设</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>说明</translation>
        </message>
        <message>
            <source>What it is</source>
            <translation>类别</translation>
        </message>
        <message>
            <source>Somebody else removed this marker.</source>
            <translation>此标记已被他人删除。</translation>
        </message>
        <message>
            <source>Marker at {at} removed.</source>
            <translation>已删除 {at} 处的标记。</translation>
        </message>
        <message>
            <source>Somebody else changed this marker. It is shown anew.</source>
            <translation>他人改了此标记，已重新显示。</translation>
        </message>
        <message>
            <source>Put it back</source>
            <translation>恢复</translation>
        </message>
        <message>
            <source>Markers</source>
            <translation>标记</translation>
        </message>
        <message>
            <source>Place in the recording</source>
            <translation>播放位置</translation>
        </message>
        <message>
            <source>Wave</source>
            <translation>波形</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>声音</translation>
        </message>
        <message>
            <source>{at} of {whole}</source>
            <translation>{at}，共 {whole}</translation>
        </message>
        <message>
            <source>No markers yet: 1 to 9 mark what is on the screen.</source>
            <translation>还没有标记：按 1–9 标记当前画面。</translation>
        </message>
        <message>
            <source>All</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>Write (T)</source>
            <translation>写说明（T）</translation>
        </message>
        <message>
            <source>Remove this marker (Del)</source>
            <translation>删除此标记（Del）</translation>
        </message>
        <message>
            <source>Gaps and quality</source>
            <translation>缺口与质量</translation>
        </message>
        <message>
            <source>Photographs of this day</source>
            <translation>当日照片</translation>
        </message>
        <message>
            <source>{what} {span}</source>
            <translation>{what} {span}</translation>
        </message>
        <message numerus="yes">
            <source>%n case(s)</source>
            <translation>
                <numerusform>%n 件案件</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Digest matches, %n copies</source>
            <translation>
                <numerusform>校验值相符，%n 份副本</numerusform>
            </translation>
        </message>
        <message>
            <source>Back to the library (Esc)</source>
            <translation>返回资料库（Esc）</translation>
        </message>
        <message>
            <source>Recording before (PgUp)</source>
            <translation>上一个（PgUp）</translation>
        </message>
        <message>
            <source>Next recording (PgDown)</source>
            <translation>下一个（PgDown）</translation>
        </message>
        <message>
            <source>Not verified</source>
            <translation>未核验</translation>
        </message>
        <message>
            <source>Segment {number} of {count}</source>
            <translation>第 {number} / {count} 段</translation>
        </message>
        <message>
            <source>Recording {place} of {count}</source>
            <translation>共 {count} 个，第 {place} 个</translation>
        </message>
        <message>
            <source>This copy is not what was collected: its digest does not match. What is shown here proves nothing. Take the other copy, or have the vault verified.</source>
            <translation>此副本与采集时不符：校验值不一致，所示画面不能作证。请改用另一副本，或对证据库重新核验。</translation>
        </message>
        <message>
            <source>The copy of this recording is missing from the vault. Look for it before anything else.</source>
            <translation>证据库中缺少此录像的副本。请先查找。</translation>
        </message>
        <message>
            <source>This copy can't be read to its end: its disk may be failing. Copy the vault to another disk now.</source>
            <translation>此副本无法读完：磁盘可能将坏。请立即把证据库复制到另一磁盘。</translation>
        </message>
        <message>
            <source>This file is empty: the recorder wrote nothing into it.</source>
            <translation>文件是空的：记录仪没有写入任何内容。</translation>
        </message>
        <message>
            <source>It is kept as it was collected.</source>
            <translation>文件按采集时的原样保存。</translation>
        </message>
        <message>
            <source>This file is cut short and can't be played: the recorder did not finish it.</source>
            <translation>文件不完整，无法播放：记录仪没有正常写完。</translation>
        </message>
        <message>
            <source>It is kept as it was collected. The maker's own program may be able to repair a copy.</source>
            <translation>文件按采集时的原样保存。厂家自带的软件也许能修复它的副本。</translation>
        </message>
        <message>
            <source>This file is damaged inside and can't be shown.</source>
            <translation>文件内部已损坏，无法显示。</translation>
        </message>
        <message>
            <source>This kind of file can't be shown here.</source>
            <translation>这种文件不能在这里显示。</translation>
        </message>
        <message>
            <source>It is neither a video nor a sound nor a photograph that the player knows.</source>
            <translation>它不是回放能识别的录像、录音或照片。</translation>
        </message>
        <message>
            <source>This file needs more memory than a recording may take here.</source>
            <translation>打开这个文件需要的内存超过允许的上限。</translation>
        </message>
        <message>
            <source>This recording needs the maker's player.</source>
            <translation>此录像须用厂家的播放器播放。</translation>
        </message>
        <message>
            <source>Its format is the maker's own. Nothing is wrong with the file.</source>
            <translation>它是厂家自有的格式，文件本身没有问题。</translation>
        </message>
        <message>
            <source>The vault's file can't be read: {reason}.</source>
            <translation>证据库中的文件无法读取：{reason}。</translation>
        </message>
        <message>
            <source>Check the vault's disk, then try again. Have the vault verified.</source>
            <translation>请检查证据库所在的磁盘后重试，并对证据库做一次核验。</translation>
        </message>
        <message>
            <source>The file did not answer in time.</source>
            <translation>读取文件超时。</translation>
        </message>
        <message>
            <source>Check the vault's disk, then try again.</source>
            <translation>请检查证据库所在的磁盘后重试。</translation>
        </message>
        <message>
            <source>Showing this file broke off. Nothing is lost: the file is as it was.</source>
            <translation>显示中断。没有任何损失：文件保持原样。</translation>
        </message>
        <message>
            <source>Try again. If it breaks off again, the file is damaged inside.</source>
            <translation>请重试；如再次中断，说明文件内部已损坏。</translation>
        </message>
        <message>
            <source>The player can't be started: {reason}.</source>
            <translation>无法启动播放：{reason}。</translation>
        </message>
        <message>
            <source>Close other programs, then try again.</source>
            <translation>请关闭其他程序后重试。</translation>
        </message>
        <message>
            <source>The file is not in the vault where it should be.</source>
            <translation>文件不在证据库应有的位置。</translation>
        </message>
        <message>
            <source>Have the vault verified; perhaps it was moved or removed outside avdesk.</source>
            <translation>请对证据库做一次核验；文件可能在 avdesk 之外被移动或删除。</translation>
        </message>
        <message>
            <source>Connect its disk, then try again.</source>
            <translation>请连接它所在的磁盘，然后重试。</translation>
        </message>
        <message>
            <source>The vault with this file is away: {reason}.</source>
            <translation>存放此文件的证据库当前不可用：{reason}。</translation>
        </message>
    </context>
</TS>
