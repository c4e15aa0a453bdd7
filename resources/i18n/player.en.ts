<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
    <context>
        <name>player</name>
        <message numerus="yes">
            <source>%n case(s)</source>
            <translation>
                <numerusform>%n case</numerusform>
                <numerusform>%n cases</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Digest matches, %n copies</source>
            <translation>
                <numerusform>Digest matches, %n copy</numerusform>
                <numerusform>Digest matches, %n copies</numerusform>
            </translation>
        </message>
    </context>
</TS>
