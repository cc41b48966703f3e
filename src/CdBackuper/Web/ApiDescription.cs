using CdBackuper.Media.Sectors;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CdBackuper.Web;

/// <summary>The API's description (OpenAPI 3.1), as it is made from the endpoints at /openapi.json.</summary>
internal static class ApiDescription
{
    /// <summary>The program's version.</summary>
    public static string Version { get; } = typeof(ApiDescription).Assembly.GetName().Version!.ToString(3);

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "cdbackuper",
                Version = Version,
                Description = "The drives of a process and the archive's discs, to be read. Fields are added, never changed or removed.",
            };
            // The address by which it was asked for, which no file should hold.
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(ByteSet))
            {
                var number = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" };
                schema.Type = JsonSchemaType.Array;
                schema.Items = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Properties = new Dictionary<string, IOpenApiSchema> { ["start"] = number, ["length"] = number },
                    Required = new HashSet<string> { "start", "length" },
                };
            }

            return Task.CompletedTask;
        });
    }
}
