using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace CdBackuper.Hosting;

/// <summary>The log: standard error, one line an event.</summary>
internal static class LogSetup
{
    public static ILoggingBuilder AddCdBackuperLog(this ILoggingBuilder builder, bool asJson, LogLevel least)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.SetMinimumLevel(least);
        builder.AddFilter("Microsoft", LogLevel.Warning);
        builder.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        if (asJson)
        {
            builder.AddJsonConsole(options =>
            {
                options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                options.UseUtcTimestamp = true;
            });
        }

        return builder.AddConsole(options =>
        {
            options.LogToStandardErrorThreshold = LogLevel.Trace;
            options.FormatterName = asJson ? ConsoleFormatterNames.Json : LineFormatter.FormatName;
        });
    }
}
