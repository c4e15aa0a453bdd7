<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
    <context>
        <name>library</name>
        <message numerus="yes">
            <source>%n new file(s)</source>
            <translation>
                <numerusform>%n new file</numerusform>
                <numerusform>%n new files</numerusform>
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
            <source>%n exported file(s)</source>
            <translation>
                <numerusform>%n file</numerusform>
                <numerusform>%n files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) linked</source>
            <translation>
                <numerusform>%n file linked</numerusform>
                <numerusform>%n files linked</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n were already</source>
            <translation>
                <numerusform>%n was already</numerusform>
                <numerusform>%n were already</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n chosen</source>
            <translation>
                <numerusform>%n chosen</numerusform>
                <numerusform>%n chosen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of them not in this list</source>
            <translation>
                <numerusform>%n of them not in this list</numerusform>
                <numerusform>%n of them not in this list</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) chosen</source>
            <translation>
                <numerusform>%n file chosen</numerusform>
                <numerusform>%n files chosen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n matching</source>
            <translation>
                <numerusform>%n matching</numerusform>
                <numerusform>%n matching</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n more</numerusform>
                <numerusform>%n more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n times, last</source>
            <translation>
                <numerusform>%n time, last</numerusform>
                <numerusform>%n times, last</numerusform>
            </translation>
        </message>
    </context>
</TS>
