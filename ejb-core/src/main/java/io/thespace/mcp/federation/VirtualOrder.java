package io.thespace.mcp.federation;

import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Permission;
import io.thespace.plugin.api.Role;
import jakarta.annotation.Nullable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * A virtual server: chosen tools, resources and prompts of other servers under one address.
 *
 * @param role who may use it: {@code guest}, {@code user} or {@code admin}; a higher role may what a lower one may; {@code user} when
 *     left out. Below {@code user} only remote tools that change nothing are there, unless there is a permission
 * @param permission who has it may use the server, whatever the role; it is what lets personal access tokens in. None when left out
 * @param organizations whose users may use it; those of all when left out
 * @param members whose tools, resources and prompts it has; of two with the same name the platform's own counts, or that of the first member
 */
public record VirtualOrder(
        @Pattern(regexp = "guest|user|admin", message = "must be guest, user or admin") String role,
        @Nullable @Size(max = 64) String permission,
        @Nullable @Size(min = 1, max = 100) List<@NotNull UUID> organizations,
        @NotNull @Size(min = 1, max = 20) List<@NotNull @Valid VirtualMember> members) {

    /** For the documentation. */
    public static final VirtualOrder EXAMPLE = new VirtualOrder(
            "user",
            null,
            null,
            List.of(
                    VirtualMember.EXAMPLE,
                    new VirtualMember(VirtualMember.OWN, null, List.of("memory_search"), null, null)));

    /** The same with everything said that was left out. */
    VirtualOrder complete() {
        return new VirtualOrder(
                role == null ? "user" : role,
                permission,
                organizations == null ? null : organizations.stream().distinct().toList(),
                members.stream().map(VirtualMember::complete).toList());
    }

    /** The least role that may use it; {@code GUEST} where a permission decides. */
    public Role least() {
        return permission != null ? Role.GUEST : Role.valueOf(role.toUpperCase(Locale.ROOT));
    }

    /** The permission that it needs; null for none. */
    public Permission needed() {
        return permission == null ? null : Permission.valueOf(permission.toUpperCase(Locale.ROOT));
    }

    /**
     * What no constraint of a member can refuse.
     *
     * @param others the servers there are that can be members
     */
    List<FieldError> faults(Set<String> others) {
        List<FieldError> faults = new ArrayList<>();
        if (permission != null
                && Arrays.stream(Permission.values())
                        .noneMatch(one -> one.text().equals(permission))) {
            faults.add(new FieldError("virtual.permission", "must be a permission, such as memory_read"));
        }
        Set<String> servers = new HashSet<>();
        Set<String> prefixes = new HashSet<>();
        for (int i = 0; i < members.size(); i++) {
            VirtualMember member = members.get(i).complete();
            String field = "virtual.members[%d].".formatted(i);
            if (!member.own() && !others.contains(member.server())) {
                faults.add(new FieldError(
                        field + "server",
                        "must be the-space or another server that is not virtual, and there is none such"));
            }
            if (!servers.add(member.server())) {
                faults.add(new FieldError(field + "server", "must be a member once"));
            }
            if (!prefixes.add(String.valueOf(member.prefix()))) {
                faults.add(new FieldError(field + "prefix", "must be another one than those of the other members"));
            }
        }
        return faults;
    }
}
