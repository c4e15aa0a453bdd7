<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
    <context>
        <name>cases</name>
        <message numerus="yes">
            <source>%n case(s)</source>
            <translation>
                <numerusform>%n case</numerusform>
                <numerusform>%n cases</numerusform>
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
            <source>Take %n file(s) out of {number}? They stay in the vault.</source>
            <translation>
                <numerusform>Take %n file out of {number}? It stays in the vault.</numerusform>
                <numerusform>Take %n files out of {number}? They stay in the vault.</numerusform>
            </translation>
        </message>
    </context>
</TS>
