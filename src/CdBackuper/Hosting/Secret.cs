namespace CdBackuper.Hosting;

/// <summary>A secret of the settings. Whoever prints it, in a record, a log line or an exception, prints that it is set.</summary>
internal sealed class Secret(string value)
{
    /// <summary>The secret itself: for the request that needs it, and nothing else.</summary>
    public string Value => value;

    public override string ToString() => Shown;

    /// <summary>What is shown in place of any secret.</summary>
    public const string Shown = "(set, not shown)";
}
