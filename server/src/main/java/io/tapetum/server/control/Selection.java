package io.tapetum.server.control;

/** Which protocols a client asks for. */
sealed interface Selection {

    boolean includes(String name);

    /** All there are. */
    record Everything() implements Selection {

        @Override
        public boolean includes(String name) {
            return true;
        }
    }

    /** The one of this name. */
    record Named(String wanted) implements Selection {

        @Override
        public boolean includes(String name) {
            return name.equals(wanted);
        }
    }

    /** Those whose name matches: {@code *} stands for any characters, {@code ?} for one. */
    record Matching(String pattern) implements Selection {

        /** Takes at most pattern times name steps, whatever the pattern: only the last star is ever tried again. */
        @Override
        public boolean includes(String name) {
            int at = 0;
            int in = 0;
            int star = -1;
            int behindStar = 0;
            while (in < name.length()) {
                if (at < pattern.length() && pattern.charAt(at) == '*') {
                    star = at++;
                    behindStar = in;
                } else if (at < pattern.length()
                        && (pattern.charAt(at) == '?' || pattern.charAt(at) == name.charAt(in))) {
                    at++;
                    in++;
                } else if (star >= 0) {
                    at = star + 1;
                    in = ++behindStar;
                } else {
                    return false;
                }
            }
            while (at < pattern.length() && pattern.charAt(at) == '*') {
                at++;
            }
            return at == pattern.length();
        }
    }
}
