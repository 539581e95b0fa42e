package io.tapetum.interop.browser;

/** Keys that write nothing, or not only. */
public enum Key {
    ENTER("Enter", 13, "\r"),
    TAB("Tab", 9, ""),
    ESCAPE("Escape", 27, ""),
    UP("ArrowUp", 38, ""),
    DOWN("ArrowDown", 40, ""),
    END("End", 35, "");

    /** As pages know it. */
    final String name;
    /** As Windows numbers it, which is what browsers do. */
    final int code;
    /** What it writes. */
    final String text;

    Key(String name, int code, String text) {
        this.name = name;
        this.code = code;
        this.text = text;
    }
}
