using CdBackuper.Commands;

return CommandLine.Run(args);
