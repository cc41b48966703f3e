using System.Net.Sockets;
using CdBackuper.Commands;
using CdBackuper.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace CdBackuper.Web;

/// <summary>
/// Health, metrics and the API over HTTP, as long as the process lives: open before the drives are begun with, and closed after they
/// have ended. A host of its own, so that nothing of it can hold up a disc.
/// </summary>
internal sealed partial class HttpServer(
    Settings settings, Endpoints endpoints, Interruption stop, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly ILogger logger = loggers.CreateLogger(settings.NodeName);
    private WebApplication? web;

    /// <exception cref="IOException">The address that was chosen can't be had.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (settings.Http is not { } address)
        {
            return;
        }

        web = Build(address);
        try
        {
            await web.StartAsync(cancellationToken);
            Log.Serving(logger, string.Join(' ', web.Urls));
        }
        catch (Exception taken) when (taken is IOException or SocketException && !address.IsChosen)
        {
            await DisposeAsync();
            Log.NotServing(logger, taken.Message);
        }
        catch (Exception taken) when (taken is IOException or SocketException)
        {
            throw new IOException($"HTTP can't be served at {address}, as HTTP_LISTEN has it: {taken.Message}", taken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref web, null) is { } ending)
        {
            await ending.DisposeAsync();
        }
    }

    private WebApplication Build(HttpAddress address)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "cdbackuper" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            if (address.Address is { } one)
            {
                kestrel.Listen(one, address.Port);
            }
            else
            {
                kestrel.ListenAnyIP(address.Port);
            }
        });
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(3));
        builder.Services.Configure<JsonOptions>(options =>
        {
            var ours = DocumentJson.Pretty.Options;
            options.SerializerOptions.WriteIndented = ours.WriteIndented;
            options.SerializerOptions.Encoder = ours.Encoder;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, DocumentJson.Pretty);
            foreach (var converter in ours.Converters)
            {
                options.SerializerOptions.Converters.Add(converter);
            }
        });
        builder.Services.AddOpenApi(ApiDescription.Configure);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(process => process.AddService("cdbackuper", serviceVersion: ApiDescription.Version, serviceInstanceId: settings.NodeName))
            .WithMetrics(metrics => metrics.AddMeter(Figures.Name, "System.Runtime").AddPrometheusExporter(exporter => exporter.ScopeInfoEnabled = false));
        var app = builder.Build();
        app.MapPrometheusScrapingEndpoint("/metrics");
        app.MapOpenApi("/openapi.json");
        endpoints.Map(app, () => !stop.Token.IsCancellationRequested);
        return app;
    }

    /// <summary>Signals are the program's, not this inner host's.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Health, metrics and the API are at {Addresses}")]
        public static partial void Serving(ILogger logger, string addresses);

        [LoggerMessage(LogLevel.Warning, "There is no HTTP: {Problem} Discs are done all the same; HTTP_LISTEN names another address, or off")]
        public static partial void NotServing(ILogger logger, string problem);
    }
}
