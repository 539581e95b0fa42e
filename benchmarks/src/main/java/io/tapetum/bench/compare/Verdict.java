package io.tapetum.bench.compare;

/** What became of a measurement. */
enum Verdict {

    SAME("", Weight.NONE),
    /** Below what noise explains, compared with the others. */
    FASTER("faster", Weight.NONE),
    /** Beyond what noise explains, compared with the others. */
    SLOWER("SLOWER", Weight.STRICT),
    /** Far off, but the intervals overlap: nothing can be said. */
    UNSURE("unsure", Weight.NONE),
    ALLOCATES_LESS("allocates less", Weight.NONE),
    ALLOCATES_MORE("ALLOCATES MORE", Weight.ALWAYS),
    /** Only in the result of now. */
    NEW("new", Weight.NONE),
    /** Only in the result of before. */
    MISSING("MISSING", Weight.ALWAYS);

    /** Whether a verdict makes the comparison fail. */
    enum Weight {
        NONE, STRICT, ALWAYS
    }

    private final String text;
    private final Weight weight;

    Verdict(String text, Weight weight) {
        this.text = text;
        this.weight = weight;
    }

    /** For people. Capitals are what a comparison may fail for. */
    String text() {
        return text;
    }

    boolean fails(boolean strict) {
        return weight == Weight.ALWAYS || strict && weight == Weight.STRICT;
    }
}
