<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
    <context>
        <name>copying_out</name>
        <message numerus="yes">
            <source>Copy %n file(s) out of the vault? The originals stay there.</source>
            <translation>
                <numerusform>Copy %n file out of the vault? The original stays there.</numerusform>
                <numerusform>Copy %n files out of the vault? The originals stay there.</numerusform>
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
            <source>%n not copied</source>
            <translation>
                <numerusform>%n not copied</numerusform>
                <numerusform>%n not copied</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>shell</name>
        <message numerus="yes">
            <source>%n work(s) going on</source>
            <translation>
                <numerusform>%n work going on</numerusform>
                <numerusform>%n works going on</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n waiting</source>
            <translation>
                <numerusform>%n waiting</numerusform>
                <numerusform>%n waiting</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %n more</source>
            <translation>
                <numerusform>and %n more</numerusform>
                <numerusform>and %n more</numerusform>
            </translation>
        </message>
    </context>
</TS>
