using System.Globalization;
using CdBackuper.Commands;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace CdBackuper.Hosting;

/// <summary>One line an event: time, <c>[node:drive]</c>, text. The logger's category is the node and drive.</summary>
internal sealed class LineFormatter(TimeProvider clock) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "line";

    public override void Write<TState>(
        in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var time = clock.GetLocalNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var level = logEntry.LogLevel switch
        {
            LogLevel.Warning => "WARNING: ",
            LogLevel.Error or LogLevel.Critical => "ERROR: ",
            _ => "",
        };
        var text = logEntry.Formatter(logEntry.State, logEntry.Exception).ReplaceLineEndings(" | ");
        var cause = logEntry.Exception is null ? "" : $" ({logEntry.Exception.ToString().ReplaceLineEndings(" | ")})";
        textWriter.WriteLine(Answer.Printable($"{time} [{logEntry.Category.ReplaceLineEndings(" ")}] {level}{text}{cause}"));
    }
}
