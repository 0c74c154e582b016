package io.thespace.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.thespace.application.ApiApplication;
import io.thespace.endpoint.Mount;
import io.thespace.endpoint.Route;
import io.thespace.endpoint.Routes;
import io.thespace.jaxrs.Declarations;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Implementation;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Role;
import jakarta.annotation.Nullable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Endpoints of every form. */
final class Sample {

    static final UUID ID = UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e4f");
    static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    enum AccountStatus {
        OPEN,
        CLOSED_FOR_GOOD
    }

    enum TransferError implements ErrorCode {
        SAME_ACCOUNT(Kind.INVALID, "Both accounts are the same."),
        INSUFFICIENT_FUNDS(Kind.INVALID, "The source account has less than the amount."),
        UNKNOWN_ACCOUNT(Kind.NOT_FOUND, "There is no such account."),
        REVERSED(Kind.CONFLICT, "The transaction was reversed before.");

        private final Kind kind;
        private final String summary;

        TransferError(Kind kind, String summary) {
            this.kind = kind;
            this.summary = summary;
        }

        @Override
        public Kind kind() {
            return kind;
        }

        @Override
        public String summary() {
            return summary;
        }
    }

    record Note(@NotBlank @Size(max = 100) String text, List<@NotBlank String> labels) {}

    record TransferRequest(
            @NotNull UUID fromAccountId,
            @NotNull UUID toAccountId,
            @NotNull @Positive BigDecimal amount,
            @NotNull @Pattern(regexp = "[A-Z]{3}") String currency,
            @Email String notifyEmail,
            boolean dryRun,
            Instant notBefore,
            @Valid Note note) {}

    record TransferReceipt(boolean success, UUID transactionId) {}

    record AccountView(
            UUID accountId,
            BigDecimal balance,
            String currency,
            AccountStatus status,
            Instant openedAt,
            Instant closedAt,
            @Nullable String nickname,
            int version,
            long entryCount,
            Note note,
            List<EntryView> entries,
            Map<String, BigDecimal> limits) {}

    record EntryView(
            UUID entryId,
            BigDecimal amount,
            @JsonInclude(JsonInclude.Include.NON_NULL) String memo,
            @JsonRawValue String data) {}

    /** A class of the same simple name as another one. */
    static final class Other {
        record AccountView(UUID userId) {}

        private Other() {}
    }

    private Sample() {}

    static List<Route> routes() {
        AccountView account = new AccountView(
                ID,
                new BigDecimal("1000.00"),
                "USD",
                AccountStatus.OPEN,
                TIME,
                null,
                "Savings",
                3,
                12,
                new Note("For the holidays", List.of("private")),
                List.of(new EntryView(ID, new BigDecimal("12.50"), null, "{\"a\":1}")),
                Map.of("daily", new BigDecimal("500")));
        List<Route> routes = new ArrayList<>();
        String bank = "/api/plugins/financial_business";
        add(
                routes,
                bank,
                "financial_business",
                Endpoint.get("/account")
                        .summary("The caller's account")
                        .description("Gives the account with its balance.")
                        .query("account_id", UUID.class, "Another account of the caller.")
                        .answers(AccountView.class, account)
                        .refuses(TransferError.UNKNOWN_ACCOUNT)
                        .handler(call -> null),
                Endpoint.post("/transfer")
                        .body(
                                TransferRequest.class,
                                new TransferRequest(ID, ID, new BigDecimal("100.00"), "USD", null, false, null, null))
                        .summary("Transfer funds")
                        .description("Moves money between two accounts, all or nothing.")
                        .answers(TransferReceipt.class, new TransferReceipt(true, ID))
                        .refuses(
                                TransferError.SAME_ACCOUNT,
                                TransferError.INSUFFICIENT_FUNDS,
                                TransferError.UNKNOWN_ACCOUNT)
                        .idempotent()
                        .handler(call -> null),
                Endpoint.get("/accounts")
                        .summary("The caller's accounts")
                        .answersList(AccountView.class, account)
                        .handler(call -> null),
                Endpoint.get("/transactions")
                        .summary("Transactions")
                        .description("Newest first.")
                        .query("status", AccountStatus.class, "Only those of this status.")
                        .query("since", Instant.class, "Only later ones.")
                        .query("reversed", Boolean.class, "Only reversed ones, or only others.")
                        .query("at_least", Integer.class, "Only larger ones.")
                        .query("text", String.class, "Only those with this text.")
                        .answersPage(EntryView.class, new EntryView(ID, new BigDecimal("0.10"), null, "[1]"))
                        .handler(call -> null),
                Endpoint.get("/transactions/{id}")
                        .summary("One transaction")
                        .path("id", UUID.class, "The transaction.")
                        .answers(Other.AccountView.class, new Other.AccountView(ID))
                        .refuses(TransferError.UNKNOWN_ACCOUNT)
                        .handler(call -> null),
                Endpoint.post("/transactions/{id}/reverse")
                        .summary("Reverse a transaction")
                        .path("id", UUID.class, "The transaction.")
                        .creates(TransferReceipt.class, new TransferReceipt(true, ID))
                        .refuses(TransferError.UNKNOWN_ACCOUNT, TransferError.REVERSED)
                        .role(Role.ADMIN)
                        .idempotent()
                        .deprecated()
                        .handler(call -> null),
                Endpoint.delete("/transactions/{id}")
                        .summary("Forget a transaction")
                        .path("id", UUID.class, "The transaction.")
                        .implementation(Implementation.PENDING)
                        .handler(call -> null),
                Endpoint.get("/calendar.ics")
                        .summary("A calendar")
                        .answersContent("text/calendar")
                        .role(Role.GUEST)
                        .handler(call -> null));
        add(
                routes,
                "/api",
                "Plugins",
                Endpoint.get("/plugins/{plugin}/transactions")
                        .summary("A word like another path's")
                        .path("plugin", String.class, "The plugin's id.")
                        .handler(call -> null),
                // The same words as a path above: their operation ids would be the same.
                Endpoint.get("/plugins/financial/business/account")
                        .summary("Words in other places")
                        .open()
                        .handler(call -> null));
        Routes annotated = new Routes();
        new Declarations(annotated, null).read(ApiApplication.class, List.of(DocsResource.class));
        routes.addAll(annotated.all());
        return routes;
    }

    private static void add(List<Route> routes, String prefix, String group, Endpoint<?>... endpoints) {
        for (Endpoint<?> endpoint : endpoints) {
            routes.add(new Route(prefix + endpoint.path(), Mount.of(group), endpoint));
        }
    }
}
