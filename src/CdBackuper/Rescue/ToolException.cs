namespace CdBackuper.Rescue;

/// <summary>A program that the rescue stands on is missing or too old. The message says what to install.</summary>
internal sealed class ToolException(string message) : IOException(message);
