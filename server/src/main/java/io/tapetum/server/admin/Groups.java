package io.tapetum.server.admin;

import java.util.List;

import io.tapetum.core.reflection.GroupStatus;

/** Update groups, as they are sent. */
public record Groups(List<GroupStatus> groups) {

    public Groups {
        groups = List.copyOf(groups);
    }
}
