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
 * A virtual server: selected tools, resources and prompts of other servers under one address.
 *
 * @param role the minimum role: {@code guest}, {@code user} or {@code admin}; {@code user} when left out. Below {@code
 *     user} it has only remote tools that only read, unless a permission is set
 * @param permission grants access regardless of the role, and is required for personal access tokens. None when left
 *     out
 * @param organizations the organizations whose users may use it; all when left out
 * @param members the servers that it includes; of items with the same name the platform's own takes precedence, then
 *     that of the first member
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

    /** Returns a copy in which defaults replace omitted members. */
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
     * Returns errors that constraints on a single member cannot express.
     *
     * @param others the existing servers that can be members
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
