SwaggerUIBundle({
  // Beside the page, wherever a reverse proxy puts it.
  url: new URL('openapi.json', window.location.href).href,
  dom_id: '#swagger-ui',
  deepLinking: true,
  displayRequestDuration: true,
  filter: true,
  // The badge would ask a validator on the network.
  validatorUrl: null,
});
