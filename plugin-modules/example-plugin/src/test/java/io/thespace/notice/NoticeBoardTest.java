package io.thespace.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.endpoint.EndpointError;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.plugin.contract.PluginContract;
import io.thespace.plugin.contract.PluginStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class NoticeBoardTest extends PluginContract {

    @Override
    protected Plugin plugin() {
        return new NoticeBoard();
    }

    private NoticeView post(Actor actor, String title) {
        return stage().call(actor, "POST /notices", new NoticeOrder(title, "Text"))
                .as(NoticeView.class);
    }

    @Test
    void aNoticeIsReadByItsOrganizationAndByNoOther() {
        Actor alice = stage().member(Role.USER);
        NoticeView posted = post(alice, "Hello");

        assertThat(stage().call(stage().colleague(alice, Role.USER), "GET /notices")
                        .items(NoticeView.class))
                .containsExactly(posted);
        assertThat(stage().call(stage().member(Role.ADMIN), "GET /notices").items(NoticeView.class))
                .isEmpty();
        assertThat(stage().events())
                .filteredOn(event -> event.subject().equals(posted.id().toString()))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.data()).isEqualTo(new NoticePosted(posted.id(), alice.userId(), "Hello")));
    }

    @Test
    void pagesAreCompleteAndInOrder() {
        Actor alice = stage().member(Role.USER);
        NoticeView first = post(alice, "First");
        NoticeView second = post(alice, "Second");
        NoticeView third = post(alice, "Third");

        PluginStage.Answer page = stage().call(alice, "GET /notices?limit=2");
        assertThat(page.items(NoticeView.class)).containsExactly(third, second);
        PluginStage.Answer rest = stage().call(
                        alice,
                        "GET /notices?limit=2&cursor=" + page.nextCursor().orElseThrow());
        assertThat(rest.items(NoticeView.class)).containsExactly(first);
        assertThat(rest.nextCursor()).isEmpty();
    }

    @Test
    void aTitleIsTakenOnceInAnOrganization() {
        Actor alice = stage().member(Role.USER);
        post(alice, "Hello");
        int before = stage().events().size();

        refused(NoticeError.TITLE_TAKEN, () -> post(stage().colleague(alice, Role.USER), "Hello"));
        assertThat(stage().events()).hasSize(before);
        post(stage().member(Role.USER), "Hello");
    }

    @Test
    void itsAuthorOrAnAdministratorTakesANoticeDown() {
        Actor alice = stage().member(Role.USER);
        NoticeView one = post(alice, "One");
        NoticeView two = post(alice, "Two");

        refused(NoticeError.NOTICE_NOT_FOUND, () -> takeDown(stage().colleague(alice, Role.USER), one.id()));
        refused(NoticeError.NOTICE_NOT_FOUND, () -> takeDown(stage().member(Role.ADMIN), one.id()));
        takeDown(alice, one.id());
        takeDown(stage().colleague(alice, Role.ADMIN), two.id());
        refused(NoticeError.NOTICE_NOT_FOUND, () -> takeDown(alice, one.id()));
    }

    @Test
    void itsOwnEventsAreCounted() {
        Actor alice = stage().member(Role.USER);
        assertThat(activity(alice)).isEqualTo(new Activity(0));
        post(alice, "One");
        post(alice, "Two");

        stage().events().stream()
                .filter(event -> event.actor().orgId().equals(alice.orgId()))
                .forEach(stage()::deliver);

        assertThat(activity(stage().colleague(alice, Role.USER))).isEqualTo(new Activity(2));
        assertThat(activity(stage().member(Role.USER))).isEqualTo(new Activity(0));
    }

    private Activity activity(Actor actor) {
        return stage().call(actor, "GET /activity").as(Activity.class);
    }

    @Test
    void whatAPersonWroteIsShownToThemAndGoesWithThem() {
        Actor alice = stage().member(Role.USER);
        Actor bob = stage().colleague(alice, Role.USER);
        NoticeView one = post(alice, "One");
        NoticeView two = post(alice, "Two");
        NoticeView bobs = post(bob, "Bob's");
        PersonalData people = stage().plugin().personalData();
        PersonalData.Subject subject = new PersonalData.Subject(alice.userId(), null);

        assertThat(people.count(alice, subject)).containsExactly(Map.entry("notice", 2L));
        List<Object> told = new ArrayList<>();
        people.export(alice, subject, (store, row) -> told.add(row));
        assertThat(told).containsExactly(one, two);
        assertThat(people.erase(stage().member(Role.USER), subject, 10)).isEmpty();

        assertThat(people.erase(alice, subject, 1)).containsExactly(Map.entry("notice", 1L));
        assertThat(people.erase(alice, subject, 1)).containsExactly(Map.entry("notice", 1L));
        assertThat(people.erase(alice, subject, 1)).isEmpty();

        assertThat(people.count(alice, subject)).isEmpty();
        assertThat(people.count(alice, new PersonalData.Subject(null, "ada@example.org")))
                .isEmpty();
        assertThat(stage().call(bob, "GET /notices").items(NoticeView.class)).containsExactly(bobs);
    }

    private void takeDown(Actor actor, UUID id) {
        stage().call(actor, "DELETE /notices/" + id);
    }

    @Test
    void whatIsMalformedNeverReachesTheBoard() {
        Actor alice = stage().member(Role.USER);
        refused(EndpointError.INVALID_REQUEST, () -> post(alice, " "));
        refused(EndpointError.INVALID_REQUEST, () -> stage().call(alice, "POST /notices", "{\"titel\": \"Hello\"}"));
        refused(EndpointError.TOKEN_MISSING, () -> stage().call(stage().anonymous(), "GET /notices"));
        refused(EndpointError.ROLE_MISSING, () -> stage().call(stage().member(Role.GUEST), "GET /notices"));
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(Enum<?> code, ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOfSatisfying(Rejection.class, refusal -> assertThat(refusal.code())
                .isEqualTo(code));
    }
}
