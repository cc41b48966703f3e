namespace CdBackuper.Hosting;

/// <summary>Some settings are wrong. The message names all of them.</summary>
internal sealed class SettingsException(IReadOnlyList<string> problems)
    : Exception("Some settings are wrong:" + string.Concat(problems.Select(problem => $"\n  {problem}")));
