-- The search for a person's identifier runs as each plugin's role, also while the plugin is not in service. The rights on functions of
-- plugin_call are granted to that role when its plugin starts, so a role whose plugin has not started since V117 lacks this one. The
-- function reads types only, and the usage of its schema is granted to plugins' roles alone.
grant execute on function plugin_call.holds_text(oid) to public;
