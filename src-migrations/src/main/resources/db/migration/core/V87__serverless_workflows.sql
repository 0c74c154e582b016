-- Versions of workflows in the CNCF Serverless Workflow DSL, as YAML or JSON.
alter table core.workflow_versions drop constraint workflow_versions_format_check;
alter table core.workflow_versions add constraint workflow_versions_format_check check (format in ('bpmn', 'dsl'));
