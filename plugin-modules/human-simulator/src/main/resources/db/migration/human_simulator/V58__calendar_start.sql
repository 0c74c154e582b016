-- Starts that iCalendar can express (RFC 5545, 3.3.5: years of four digits, whole seconds), from the year on from which rules are evaluated.
-- Earlier versions stored any other. Such an entry is disabled until it is changed, and its problem states the start that it had.

update human_simulator.calendar
   set problem = 'The start ' || starts_at || ' is not in the years 1900 to 9999. Change starts_at.',
       enabled = false,
       next_at = null,
       starts_at = case when starts_at < '1900-01-01' then timestamp '1900-01-01' else timestamp '9999-12-31 23:59:59' end
 where starts_at < '1900-01-01' or starts_at >= '10000-01-01';

update human_simulator.calendar
   set starts_at = date_trunc('second', starts_at)
 where starts_at <> date_trunc('second', starts_at);

alter table human_simulator.calendar
    add constraint calendar_starts_at
        check (starts_at >= '1900-01-01' and starts_at < '10000-01-01' and starts_at = date_trunc('second', starts_at));
