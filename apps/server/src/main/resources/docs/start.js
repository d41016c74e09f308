SwaggerUIBundle({url: '/api/openapi.yaml', dom_id: '#api', deepLinking: true, validatorUrl: null, persistAuthorization: false});
