import type { formImports as en } from '../en/form-imports.ts';

export const formImports = {
  'forms.import.again': 'Elegir otro archivo',
  'forms.import.all': 'Se ha entendido todo.',
  'forms.import.column': 'La columna «{column}» no significa nada aquí',
  'forms.import.export': 'Exportar',
  'forms.import.exportHelp': 'El borrador como archivo: para traducirlo, trabajar en él sin conexión o llevarlo a otro programa.',
  'forms.import.file': 'El archivo',
  'forms.import.found':
    '{questions, plural, one {# pregunta} many {# preguntas} other {# preguntas}} en {pages, plural, one {# página} many {# páginas} other {# páginas}}, en:',
  'forms.import.json': 'Definición del formulario (JSON)',
  'forms.import.kinds': 'XLSForm (.xlsx), encuesta de SurveyJS (.json) o definición de formulario (.json)',
  'forms.import.lead':
    'Un formulario hecho en otro lugar o traducido en una hoja de cálculo. Verá lo que se ha entendido antes de que se haga nada con él.',
  'forms.import.make': 'Crear este formulario',
  'forms.import.makeWithout': 'Seguir sin lo que no se ha entendido',
  'forms.import.notUnderstood':
    '{n, plural, one {No se ha entendido # cosa} many {No se han entendido # cosas} other {No se han entendido # cosas}}',
  'forms.import.questions': 'Las preguntas leídas',
  'forms.import.read': 'Leer el archivo',
  'forms.import.replace': 'Sustituir el borrador',
  'forms.import.replaces':
    'El archivo ocupa el lugar del borrador. Lo que está en uso sigue en uso hasta que ponga en uso el borrador.',
  'forms.import.title': 'Importar un formulario',
  'forms.import.titleOf': 'Exportar e importar',
  'forms.import.type': '«{type}» no es un tipo de pregunta aquí',
  'forms.import.unread': 'No se ha entendido: {text}',
  'forms.import.what': 'Qué',
  'forms.import.what.beginWithoutEnd': 'El grupo empieza y no termina',
  'forms.import.what.endWithoutBegin': 'Termina un grupo que no ha empezado',
  'forms.import.what.groupInGroup': 'Un grupo dentro de un grupo: se conservan sus preguntas, no su título',
  'forms.import.what.listLacksName': 'A la opción le falta el nombre de su lista, o el suyo',
  'forms.import.what.listUnused': 'Ninguna pregunta usa esta lista',
  'forms.import.what.otherList': 'Las filas de una tabla comparten una lista de opciones: esta fila tiene otra',
  'forms.import.what.panel': 'La condición de un cuadro alrededor de preguntas: póngala en las preguntas',
  'forms.import.what.property': 'Esta propiedad no significa nada aquí',
  'forms.import.what.repeatInRepeat': 'Un grupo que se repite dentro de otro que se repite: sus preguntas se conservan una vez',
  'forms.import.what.survey': 'Este ajuste de la encuesta no significa nada aquí',
  'forms.import.where': 'Dónde',
  'forms.import.without':
    'Si sigue, el formulario se hace sin ello. Puede corregir el archivo y leerlo de nuevo; hasta ahora no se ha guardado nada.',
  'forms.import.wrong': 'Omitido: fuera de lo que aquí es posible ({parts})',
  'forms.import.xlsform': 'Libro XLSForm (.xlsx)',
  'invalid.fileNoForm': 'No es ni un libro XLSForm ni el JSON de un formulario',
  'invalid.fileNoQuestions': 'No se ha entendido ninguna pregunta de este archivo',
  'invalid.fileNoSurvey': 'El libro no tiene una hoja «survey» con una columna «type»',
  'invalid.fileNoWorkbook': 'Este libro no se puede leer',
} satisfies Record<keyof typeof en, string>;
