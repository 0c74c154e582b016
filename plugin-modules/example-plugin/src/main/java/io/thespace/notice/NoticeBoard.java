package io.thespace.notice;

import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.PersonalData;
import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.api.PluginContext;
import io.thespace.plugin.api.Subscription;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The plugin {@code notice_board}. */
public final class NoticeBoard implements Plugin {

    private static final UUID ID = UUID.fromString("018f9a3e-1c00-7a10-8b7e-6f3d2c1b0a01");
    private static final UUID AUTHOR = UUID.fromString("018f9a3e-2d00-7c21-9a4f-5e6d7c8b9a02");
    private static final NoticeOrder ORDER =
            new NoticeOrder("Maintenance on Sunday", "The gateway is away from 06:00 to 07:00 UTC.");
    private static final NoticeView NOTICE =
            new NoticeView(ID, AUTHOR, ORDER.title(), ORDER.text(), Instant.parse("2026-01-31T09:30:00.125Z"));

    private Notices notices;
    private NoticePersonalData authors;

    @Override
    public void start(PluginContext context) {
        notices = new Notices(context.database(), context.events());
        authors = new NoticePersonalData(context.database());
    }

    @Override
    public PersonalData personalData() {
        return authors;
    }

    @Override
    public List<EventType> events() {
        return List.of(NoticePosted.TYPE);
    }

    @Override
    public List<Subscription<?>> subscriptions() {
        return List.of(
                Subscription.to(NoticePosted.TYPE.name(), NoticePosted.class, (actor, event) -> notices.count(actor))
                        .from("/plugins/notice_board"));
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get("/notices")
                        .summary("Notices, the newest first")
                        .description("The notices of the caller's organization.")
                        .answersPage(NoticeView.class, NOTICE)
                        .rehearsed()
                        .handler(call -> notices.page(call.actor(), call.page())),
                Endpoint.get("/activity")
                        .summary("Activity of the board")
                        .description("How many notices were posted in the caller's organization, a moment after each.")
                        .answers(Activity.class, new Activity(1))
                        .rehearsed()
                        .handler(call -> notices.activity(call.actor())),
                Endpoint.post("/notices")
                        .body(NoticeOrder.class, ORDER)
                        .summary("Post a notice")
                        .description("Puts a notice on the board of the caller's organization. Send an Idempotency-Key"
                                + " to make a repetition safe: it gets the first answer.")
                        .creates(NoticeView.class, NOTICE)
                        .refuses(NoticeError.TITLE_TAKEN)
                        .idempotent()
                        .rehearsed()
                        .handler(call -> notices.post(call.actor(), call.body())),
                Endpoint.delete("/notices/{id}")
                        .summary("Take a notice down")
                        .description("Removes a notice of the caller's; an administrator removes any of the"
                                + " organization.")
                        .path("id", UUID.class, "The notice's id.", ID)
                        .refuses(NoticeError.NOTICE_NOT_FOUND)
                        .handler(call -> {
                            notices.takeDown(call.actor(), call.path("id", UUID.class));
                            return null;
                        }));
    }
}
