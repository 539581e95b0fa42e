package io.tapetum.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How often a fault of the program is told. */
class DefectsTest {

    private final Defects defects = new Defects();

    private static IllegalStateException here(String message) {
        return new IllegalStateException(message);
    }

    private static IllegalStateException there(String message) {
        return new IllegalStateException(message);
    }

    @Test
    void one_that_was_thrown_at_the_same_place_is_the_same_whatever_it_says() {
        assertThat(defects.happened(here("10.0.0.1"))).isPresent();
        assertThat(defects.happened(here("10.0.0.2"))).isEmpty();
    }

    @Test
    void one_of_another_place_or_type_is_another() {
        assertThat(defects.happened(here(""))).isPresent();
        assertThat(defects.happened(there(""))).isPresent();
        assertThat(defects.happened(new UnsupportedOperationException())).isPresent();
    }

    @Test
    void one_without_a_stack_trace_is_counted_too() {
        Throwable bare = new RuntimeException("", null, false, false) {};

        assertThat(defects.happened(bare)).isPresent();
        assertThat(defects.happened(bare)).isEmpty();
    }
}
