package io.tapetum.server.cli;

/** Where standard output goes: to somebody who reads it now, or into a file or another program. */
interface Terminal {

    /** How large it is, in characters. */
    record Size(int rows, int columns) {

        /** Of a terminal that does not say. */
        static final Size USUAL = new Size(24, 80);
    }

    /** No terminal, and nothing but ASCII. */
    Terminal NONE = new Terminal() {
        @Override
        public boolean isTerminal() {
            return false;
        }

        @Override
        public Size size() {
            return Size.USUAL;
        }

        @Override
        public boolean unicode() {
            return false;
        }

        @Override
        public boolean isGone() {
            return false;
        }
    };

    /** Whether somebody reads it now. */
    boolean isTerminal();

    /** Asked again each time, for windows are resized. */
    Size size();

    /** Whether it is written in UTF-8. */
    boolean unicode();

    /** Whether nobody reads any more: {@code head} has seen enough, say. */
    boolean isGone();
}
