package io.tapetum.load.report;

/**
 * One number.
 *
 * @param name with its unit, such as {@code wall s}; the same in every sample of a workload
 * @param value NaN if it is not known
 * @param decimals how many are shown
 * @param shown where
 */
public record Figure(String name, double value, int decimals, Shown shown) {

    /** Where a figure stands. */
    public enum Shown {
        /** In the table, with its ratio to the first row. */
        COMPARED,
        /** In the table. */
        PLAIN,
        /** Only in the JSON. */
        DETAIL
    }

    /** A figure in the table, with its ratio to the first row. */
    public static Figure compared(String name, double value, int decimals) {
        return new Figure(name, value, decimals, Shown.COMPARED);
    }

    /** A figure in the table. */
    public static Figure plain(String name, double value, int decimals) {
        return new Figure(name, value, decimals, Shown.PLAIN);
    }

    /** A figure only for the JSON. */
    public static Figure detail(String name, double value) {
        return new Figure(name, value, 3, Shown.DETAIL);
    }

    /** A number of something, only for the JSON. */
    public static Figure count(String name, long value) {
        return new Figure(name, (double) value, 0, Shown.DETAIL);
    }
}
