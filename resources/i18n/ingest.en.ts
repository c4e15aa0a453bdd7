<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
    <context>
        <name>ingest</name>
        <message numerus="yes">
            <source>%n card(s)</source>
            <translation>
                <numerusform>%n card</numerusform>
                <numerusform>%n cards</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Retry %n file(s)</source>
            <translation>
                <numerusform>Retry %n file</numerusform>
                <numerusform>Retry %n files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n file</numerusform>
                <numerusform>%n files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) left out</source>
            <translation>
                <numerusform>%n file left out</numerusform>
                <numerusform>%n files left out</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n folder(s) can't be read</source>
            <translation>
                <numerusform>%n folder can't be read</numerusform>
                <numerusform>%n folders can't be read</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) changed since they were collected</source>
            <translation>
                <numerusform>%n file changed since it was collected</numerusform>
                <numerusform>%n files changed since they were collected</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Why are %n file(s) left out?</source>
            <translation>
                <numerusform>Why is %n file left out?</numerusform>
                <numerusform>Why are %n files left out?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Start: %n file(s)</source>
            <translation>
                <numerusform>Collect %n file</numerusform>
                <numerusform>Collect %n files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>file(s), {size}</source>
            <translation>
                <numerusform>file, {size}</numerusform>
                <numerusform>files, {size}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of them read now on card and vault: the same digest</source>
            <translation>
                <numerusform>%n of them read now on card and vault: the same digest</numerusform>
                <numerusform>%n of them read now on card and vault: the same digest</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n collected before</source>
            <translation>
                <numerusform>%n collected before</numerusform>
                <numerusform>%n collected before</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) collected before were not compared this time</source>
            <translation>
                <numerusform>%n file collected before was not compared this time</numerusform>
                <numerusform>%n files collected before were not compared this time</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) without a verified copy: {vault}</source>
            <translation>
                <numerusform>%n file without a verified copy: {vault}</numerusform>
                <numerusform>%n files without a verified copy: {vault}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) can't be read</source>
            <translation>
                <numerusform>%n file can't be read</numerusform>
                <numerusform>%n files can't be read</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) are gone</source>
            <translation>
                <numerusform>%n file is gone</numerusform>
                <numerusform>%n files are gone</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) changed while they were read</source>
            <translation>
                <numerusform>%n file changed while it was read</numerusform>
                <numerusform>%n files changed while they were read</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) were not stored</source>
            <translation>
                <numerusform>%n file was not stored</numerusform>
                <numerusform>%n files were not stored</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) were not collected: stopped</source>
            <translation>
                <numerusform>%n file was not collected: stopped</numerusform>
                <numerusform>%n files were not collected: stopped</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) were left out</source>
            <translation>
                <numerusform>%n file was left out</numerusform>
                <numerusform>%n files were left out</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n link(s) or special file(s) were not collected</source>
            <translation>
                <numerusform>%n link or special file was not collected</numerusform>
                <numerusform>%n links or special files were not collected</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Each of the %n file(s) on it was read now and has a verified copy in every vault</source>
            <translation>
                <numerusform>The %n file on it was read now and has a verified copy in every vault</numerusform>
                <numerusform>Each of the %n files on it was read now and has a verified copy in every vault</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>file(s) collected before</source>
            <translation>
                <numerusform>file collected before</numerusform>
                <numerusform>files collected before</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>file(s) collected and verified</source>
            <translation>
                <numerusform>file collected and verified</numerusform>
                <numerusform>files collected and verified</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) collected before are not compared</source>
            <translation>
                <numerusform>%n file collected before is not compared</numerusform>
                <numerusform>%n files collected before are not compared</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) are left out</source>
            <translation>
                <numerusform>%n file is left out</numerusform>
                <numerusform>%n files are left out</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n {how}</source>
            <translation>
                <numerusform>%n {how}</numerusform>
                <numerusform>%n {how}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n chosen file(s)</source>
            <translation>
                <numerusform>%n chosen file</numerusform>
                <numerusform>%n chosen files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file name(s)</source>
            <translation>
                <numerusform>%n file name</numerusform>
                <numerusform>%n file names</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>new file(s)</source>
            <translation>
                <numerusform>new file</numerusform>
                <numerusform>new files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n volume(s)</source>
            <translation>
                <numerusform>%n volume</numerusform>
                <numerusform>%n volumes</numerusform>
            </translation>
        </message>
    </context>
</TS>
