"""How forms and fields look: one template for all."""

from django.forms.renderers import DjangoTemplates, TemplatesSetting


class Renderer(TemplatesSetting):
    """Widgets from Django, fields from `ui/field.html`."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
